import ArgumentParser

/// Prints the version.
struct Version: ParsableCommand {
    static let number = "0.1.0"

    static let configuration = CommandConfiguration(
        abstract: "Print the version.",
        discussion: "Example: apus version"
    )

    func run() throws {
        Console.write("apus \(Self.number)\n")
    }
}

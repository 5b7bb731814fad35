import ArgumentParser
import Basics
import Glibc
import Images
import Inference
import OrderedCollections
import Projects
import Values

/// Builds an image of the services of apus.yaml.
struct ImageBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build an image of the services of apus.yaml.",
        discussion: """
            Example: apus image build --push

            The image has ONNX Runtime, this program, the code and each model in layers of their own, so that only what \
            changed is made and sent again. The same files and commit give the same digest everywhere. It is kept in \
            .dvc/tmp/images until it is sent ('apus image push') or saved. Standard output has its reference and digest.
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions

    @Argument(help: "Services of the image (those of image.services, or all, when none is named).")
    var services: [String] = []

    @Option(help: ArgumentHelp("The file with the services.", valueName: "path"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("The image to build on, a layout, or 'scratch'.", valueName: "image"))
    var base: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The name of the image at a registry.", valueName: "name[:tag]"))
    var name: String?

    @Option(name: .shortAndLong, help: "The tag (default: that of apus.yaml, or the commit).")
    var tag: String?

    @Option(help: ArgumentHelp("For another platform than this one.", valueName: "system/processor"))
    var platform: [String] = []

    @Option(
        name: .customLong("program"),
        help: ArgumentHelp("The apus for a platform (default: this one).", valueName: "platform=path"),
        completion: .file()
    )
    var programs: [String] = []

    @Option(
        name: .customLong("onnxruntime"),
        help: ArgumentHelp("ONNX Runtime's library, perhaps for a platform.", valueName: "[platform=]path"),
        completion: .file()
    )
    var libraries: [String] = []

    @Option(help: "How layers are made small: gzip, or zstd, which is quicker (default: that of apus.yaml, or gzip).")
    var compression: LayerCompression?

    @Flag(help: "Send it to its registry.")
    var push = false

    @Option(help: ArgumentHelp("Put it into an OCI layout.", valueName: "folder"), completion: .directory)
    var layout: String?

    @Option(help: ArgumentHelp("Write an archive that Docker can load.", valueName: "file"), completion: .file())
    var tar: String?

    @Flag(help: "Write what was built as JSON.")
    var json = false

    func run() throws {
        let project = try options.openProject(orFolder: true)
        let registries = try registry.access()
        let build = try buildOptions(project)
        let image = try project.buildImage(build, registries)
        var report: TransferReport?
        if push {
            guard let reference = image.reference else {
                throw Refusal("there is no name to send it to: set image.repository in apus.yaml, or give --name")
            }
            report = try image.push(to: reference, registries)
        }
        let directory = project.environment.workingDirectory
        if let layout { try image.save(to: .layout(Paths.absolute(layout, from: directory), nil), registries) }
        if let tar { try image.save(to: .archive(Paths.absolute(tar, from: directory)), registries) }
        registries.close()
        show(image, report)
    }

    private func buildOptions(_ project: Project) throws -> ImageBuildOptions {
        let directory = project.environment.workingDirectory
        guard let path = file.map({ Paths.absolute($0, from: directory) }) ?? ServiceFile.find(from: directory) else {
            throw Refusal("there is no apus.yaml, whose services an image is built of")
        }
        var build = ImageBuildOptions(file: path, cache: try Self.cache())
        build.services = services
        build.base = base
        build.repository = name
        build.tag = tag
        build.version = Version.number
        build.epoch = GlobalOptions.variable("SOURCE_DATE_EPOCH").flatMap { Int($0) }
        build.compression = compression
        build.interpreter = RunningOptions.interpreter
        build.targets = try targets(directory)
        return build
    }

    private func targets(_ directory: String) throws -> [ImageBuildOptions.Target] {
        let programs = try Self.byPlatform(programs, directory)
        let libraries = try Self.byPlatform(libraries, directory)
        var platforms = try platform.map { try Platform($0) }
        if platforms.isEmpty {
            platforms = programs.keys.compactMap(\.self).sorted { $0.description < $1.description }
        }
        if platforms.isEmpty { platforms = [.current] }
        return try platforms.map { platform in
            let own = platform == .current ? Files.canonical("/proc/self/exe") : nil
            guard let program = programs[platform] ?? programs[nil] ?? own else {
                throw Refusal("there is no program for \(platform): give --program \(platform)=path")
            }
            let given = libraries[platform] ?? libraries[nil]
            let found = platform == .current ? try RunningOptions.parse([]).location.candidates.first : nil
            return ImageBuildOptions.Target(platform: platform, program: program, runtime: given ?? found)
        }
    }

    /// Paths with a platform before an equals sign, or none.
    private static func byPlatform(_ texts: [String], _ directory: String) throws -> [Platform?: String] {
        var paths: [Platform?: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let platform = parts.count == 2 ? try Platform(parts[0]) : nil
            let path = Paths.absolute(parts.last ?? "", from: directory)
            guard let found = Files.canonical(path) else { throw Refusal("there is no file '\(parts.last ?? "")'") }
            paths[platform] = found
        }
        return paths
    }

    /// Where layers are kept outside of projects.
    static func cache() throws -> String {
        let home = GlobalOptions.variable("HOME").map { Paths.join($0, ".cache") }
        guard let folder = GlobalOptions.variable("XDG_CACHE_HOME") ?? home else {
            throw Refusal("there is no place to keep layers in: neither HOME nor XDG_CACHE_HOME is set")
        }
        return Paths.join(folder, "apus")
    }

    private func show(_ image: BuiltImage, _ report: TransferReport?) {
        let name = image.reference?.description ?? image.tag
        if json {
            let parts = image.parts.map { part -> Value in
                .map([
                    "name": .string(part.name), "platform": .string(part.platform.description),
                    "digest": .string(part.layer.descriptor.digest.description),
                    "size": .int(part.layer.descriptor.size), "made": .bool(part.isNew),
                ])
            }
            var map: Value.Map = [
                "reference": .string(name), "digest": .string(image.manifest.digest.description),
                "layers": .list(parts),
            ]
            if let report { map["pushed"] = report.value }
            return Console.write(Value.map(map).json(indent: 2) + "\n")
        }
        if !options.quiet {
            for part in image.parts {
                let size = ImageSize.text(part.layer.descriptor.size)
                Console.note(
                    "\(part.isNew ? "made " : "found") \(part.layer.descriptor.digest.short) \(size) \(part.name)"
                )
            }
            if let report { Console.note(report.text) }
        }
        Console.write("\(name)@\(image.manifest.digest)\n")
    }
}

extension LayerCompression: ExpressibleByArgument {}

/// Sizes for people.
enum ImageSize {
    static func text(_ bytes: Int) -> String {
        let number = "\((bytes + 50_000) / 100_000)"
        let whole = number.count > 1 ? String(number.dropLast()) : "0"
        let text = "\(whole).\(number.last ?? "0") MB"
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }
}

extension TransferReport {
    var text: String {
        let size = ImageSize.text(sentBytes).drop { $0 == " " }
        return "sent \(sent) blobs (\(size)), \(existed) were there" + (mounted > 0 ? ", \(mounted) taken over" : "")
    }

    var value: Value {
        .map([
            "sent": .int(sent), "sentBytes": .int(sentBytes), "existed": .int(existed), "mounted": .int(mounted),
        ])
    }
}

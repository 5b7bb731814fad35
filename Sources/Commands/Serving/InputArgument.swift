import Basics
import Inference
import Serving

/// An `--input` of the command line: `FILE`, `-` or `name=FILE`.
struct InputArgument {
    let name: String?
    let path: String

    /// What is a file with a `=` in its name is that file.
    init(_ text: String) {
        guard let place = text.firstIndex(of: "="), !Files.exists(text) else {
            name = nil
            path = text
            return
        }
        name = String(text[..<place])
        path = String(text[text.index(after: place)...])
    }

    func bytes() throws -> [UInt8] {
        path == "-" ? try Files.readAll(0, path: "-") : try Files.read(path)
    }

    func read(for model: RemoteModel) throws -> [NamedTensor] {
        let bytes = try bytes()
        do {
            return try InputFile.read(bytes, ending: ending, input: name, of: model)
        } catch {
            throw Refusal("\(path): \(error)")
        }
    }

    var mediaType: String {
        switch ending {
        case "jpg", "jpeg": "image/jpeg"
        case "png": "image/png"
        case "json": "application/json"
        case "csv": "text/csv"
        case "txt": "text/plain"
        default: "application/octet-stream"
        }
    }

    /// What follows the last dot of the name, in small letters.
    private var ending: String {
        let name = Paths.name(path)
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}

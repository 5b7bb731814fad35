import Basics

/// Why a stage cannot be put into `dvc.yaml`, or changed there.
package enum StageDefinitionError: HintedError, Hashable {
    case nameMissing
    case invalidName(String)
    case commandMissing
    /// A stage of this name is there already.
    case exists(name: String, file: String)
    case workingDirectoryMissing(String)
    case workingDirectoryIsFile(String)
    /// A `.dvc` file or `dvc.yaml` as a dependency or output.
    case metafile(String)
    /// `.dvcignore` leaves the output out.
    case ignoredOutput(String)
    /// A cached output outside of the project.
    case outsideOutputs([String])
    /// A file where an output has to have a folder.
    case folderIsFile(String, output: String)
    /// A path that the stage both reads and writes.
    case circular(String)
    /// A path that is named twice.
    case repeated(String)
    /// A target that names a file of stages but none of them.
    case stageMissing(file: String)
}

extension StageDefinitionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nameMissing: "`-n|--name` is required"
        case .invalidName: "Stage name cannot contain punctuation characters."
        case .commandMissing: "command is not specified"
        case .exists(let name, let file): "Stage '\(name)' already exists in '\(file)'."
        case .workingDirectoryMissing(let path): "stage working dir '\(path)' does not exist"
        case .workingDirectoryIsFile(let path): "stage working dir '\(path)' is not directory"
        case .metafile(let path): "DVC file '\(path)' cannot be a dependency or an output."
        case .ignoredOutput(let path): "Path '\(path)' is ignored by .dvcignore"
        case .outsideOutputs(let paths):
            "Cached output(s) outside of DVC project: \(paths.joined(separator: ", "))."
        case .folderIsFile(let path, let output): "'\(path)' is a file, so that '\(output)' cannot be in it"
        case .circular(let path): "'\(path)' is specified as an output and as a dependency."
        case .repeated(let path): "file '\(path)' is specified more than once."
        case .stageMissing: "Stage name not provided."
        }
    }

    package var hint: String? {
        switch self {
        case .nameMissing: "example: apus stage add -n train -d train.py -o model.pkl python train.py"
        case .invalidName(let name):
            "letters, digits, '_' and '-' are fine: '\(String(name.map { Self.isPunctuation($0) ? "-" : $0 }))'"
        case .commandMissing: "the command comes last: apus stage add -n NAME -d INPUT -o OUTPUT COMMAND"
        case .exists: "Use '--force' to overwrite."
        case .workingDirectoryMissing(let path): "make it first: mkdir -p '\(path)'"
        case .outsideOutputs: "let it out of the cache with -O, or write it below the project's folder"
        case .circular: "a stage cannot read what it writes; use --outs-persist for a file that it updates"
        case .ignoredOutput: "'apus check-ignore -d' shows the rule"
        case .stageMissing(let file): "name a stage: \(file):NAME"
        default: nil
        }
    }

    /// Whether DVC forbids the character in names of stages: ASCII punctuation but `_` and `-`.
    static func isPunctuation(_ character: Character) -> Bool {
        character.unicodeScalars.contains { "!\"#$%&'()*+,./:;<=>?@[\\]^`{|}~".unicodeScalars.contains($0) }
    }
}

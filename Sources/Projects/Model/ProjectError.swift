import Basics
import Glibc
package import Metafiles

/// What went wrong in a project's verbs; the command line decides about words around it and the exit code.
package enum ProjectError: HintedError {
    /// There is no `.dvc` directory here or above.
    case notAProject(mountPoint: String)
    /// `init` where a project is already.
    case alreadyInitialized(String)
    /// `init` outside of a Git repository without `--no-scm`.
    case notInGit
    /// A question about commits in a project without Git.
    case requiresGit
    /// A target of `add` that is not there, and one of nearly that name.
    case missingTarget(String, near: String? = nil)
    /// An output of a stage that is not there.
    case missingOutput(String)
    /// An output that is declared as metrics and is no text.
    case binaryMetrics(String)
    /// A target of `diff` that is data in neither of the revisions.
    case missingDataTarget(String)
    /// A path that lies outside of the project, or in its `.dvc` directory.
    case outsideProject(String)
    case trackedByGit(String)
    case overlapping(child: String, childStage: String, parent: String, parentStage: String, isParentNew: Bool)
    /// A target that is a link to a directory, or lies behind one.
    case behindLink(String, link: String)
    case metafileAsOutput(String)
    /// An output that `.dvcignore` leaves out.
    case ignoredOutput(String)
    /// A path inside of an output that is a file.
    case trackedAsFile(String)
    /// A directory whose manifest is not in the cache.
    case unknownDirectory(String)
    /// `add --out` to a place inside of an output.
    case partOfOutput(String)
    case severalTargets
    /// A stage that variables make, which cannot be written back.
    case parametrized(String)
    /// `remove` of an output instead of its metafile.
    case metafileMeant(String)
    case notAnOutput(String)
    case missingFolder(String)
    /// `commit` of changes that were not confirmed.
    case unconfirmed(stage: String)
    /// Something is where a file should go.
    case alreadyThere(String)
    /// Data that did not arrive at a remote.
    case incompleteTransfer(Int)
    /// What is neither an output nor a stage of the file, and a target that may be meant.
    case unknownTarget(String, file: String, near: String? = nil)
    case stageNotFound(String, file: String, near: String? = nil)
    /// A metafile that is not there, and one above it that may be meant.
    case missingMetafile(String, near: String? = nil)
    case ignoredMetafile(String)
    case notAMetafile(String)
    case lockFileAsTarget(String)
    case missingDependency(String)
    /// Stages that failed, and why when there is one reason to tell, with what to do about it.
    case reproductionFailed(stages: [String], reason: String?, hint: String?)
    /// A command and its exit code, or the negated number of the signal that ended it.
    case commandFailed(String, Int32)
    case missingWorkingDirectory(String)
    /// Outputs of `.dvc` files or frozen stages that are not there.
    case missingData([String])
    case unsupportedImport(String)
    /// The person at the terminal said no.
    case refused
    /// A signal asked to stop.
    case interrupted
    case missingParameters(String)
    /// Parameters with a date among them, which has no form in DVC's run cache.
    case datedParameters(String)
    case parametersAreDirectory(String)
    /// Parameters that a file lacks, in DVC's words.
    case missingKeys(String)
    /// `add` or `move` of what a stage makes.
    case notADataSource(String, stage: String)
    case noRemote
    /// A remote on a protocol that has no implementation.
    case unsupportedRemote(String)
    case incompleteCheckout([String])
    case invalidMetafile(DiagnosticList)
    case metafileIgnored(String)
    /// A file that is not what it should be, and why.
    case unreadable(String, String)
    /// `init` where Git ignores the `.dvc` directory.
    case folderIgnored
}

extension ProjectError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAProject(let mountPoint):
            "you are not inside of a DVC repository (checked up to mount point '\(mountPoint)')"
        case .alreadyInitialized(let path): "'\(path)' exists. Use `-f` to force."
        case .notInGit: "failed to initiate DVC - not inside a Git repository"
        case .requiresGit: "only supported for Git repositories"
        case .missingDataTarget(let path): "'\(path)' is tracked in neither of the two revisions"
        case .missingTarget(let path, _), .missingOutput(let path): "output '\(path)' does not exist"
        case .binaryMetrics(let path): "binary file '\(path)' cannot be used as metrics"
        case .outsideProject(let path): "'\(path)' is outside of the project"
        case .trackedByGit(let path): "output '\(path)' is already tracked by SCM (e.g. Git)."
        case .overlapping(let child, let childStage, let parent, let parentStage, let isParentNew):
            isParentNew
                ? "cannot add '\(parent)', because it holds '\(child)' of '\(childStage)'"
                : "cannot add '\(child)', because it lies in '\(parent)' of '\(parentStage)'"
        case .behindLink(let path, let link): "cannot add '\(path)': '\(link)' is a link to a directory"
        case .metafileAsOutput(let path): "DVC file '\(path)' cannot be an output."
        case .ignoredOutput(let path): "'\(path)' is ignored by .dvcignore"
        case .trackedAsFile(let path): "cannot add to '\(path)', which is tracked as a file"
        case .unknownDirectory(let path): "what '\(path)' holds is not known: its object is not in the cache"
        case .partOfOutput(let path): "'\(path)' lies in another output"
        case .severalTargets: "multiple targets can't be used with --out"
        case .parametrized(let name): "cannot remove stage '\(name)', which is made by variables"
        case .metafileMeant(let path): "'\(path)' is not a .dvc file"
        case .notAnOutput(let path): "no .dvc file has '\(path)' as its output"
        case .missingFolder(let path): "the folder '\(path)' does not exist"
        case .unconfirmed(let stage): "'\(stage)' has changed, and nobody confirmed the commit"
        case .alreadyThere(let path): "'\(path)' already exists"
        case .incompleteTransfer(let count): "\(count) files could not be sent to the remote"
        case .unknownTarget(let target, let file, _):
            "'\(target)' does not exist as an output or a stage name in '\(file)'"
        case .stageNotFound(let name, let file, _): "Stage '\(name)' not found inside '\(file)' file"
        case .missingMetafile(let file, _): "'\(file)' does not exist"
        case .ignoredMetafile(let file): "'\(file)' is dvc-ignored"
        case .notAMetafile(let file): "'\(file)' is not a .dvc file"
        case .lockFileAsTarget(let target): "'\(target)' is not a target"
        case .reproductionFailed(let stages, let reason, _):
            "failed to reproduce\(stages.count > 1 ? " stages:" : "") "
                + stages.map { "'\($0)'" }.joined(separator: ", ") + (reason.map { ": \($0)" } ?? "")
        case .commandFailed(let command, let code): "failed to run: \(command), exited with \(code)"
        case .missingWorkingDirectory(let path): "stage working dir '\(path)' does not exist"
        case .missingData(let paths):
            "missing data '\(paths.count > 1 ? "sources" : "source")': " + paths.joined(separator: ", ")
        case .unsupportedImport(let name): "updating the import '\(name)' is not supported yet"
        case .refused: "reproduction aborted by the user"
        case .interrupted: "interrupted by the user"
        case .missingDependency(let path): "dependency '\(path)' does not exist"
        case .datedParameters(let file): "'\(file)' holds a date, which DVC cannot record"
        case .missingParameters(let file): "Parameters file '\(file)' does not exist"
        case .parametersAreDirectory(let file): "'\(file)' is a directory, expected a parameters file"
        case .missingKeys(let complaint): complaint
        case .notADataSource(let path, let stage): "'\(path)' belongs to stage '\(stage)', which is not a data source"
        case .noRemote: "no remote specified"
        case .unsupportedRemote(let url): "no support for the remote '\(url)'"
        case .incompleteCheckout(let paths): "checkout failed for: " + paths.joined(separator: ", ")
        case .invalidMetafile(let list): list.description
        case .metafileIgnored(let path): "bad DVC file name '\(path)' is git-ignored."
        case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
        case .folderIgnored: ".dvc is ignored by Git"
        }
    }

    package var hasPlace: Bool { if case .invalidMetafile = self { true } else { false } }

    package var hint: String? {
        switch self {
        case .notAProject: "run 'apus init' in the top folder of your project"
        case .notInGit: "run 'git init' first, or 'apus init --no-scm' to do without Git"
        case .requiresGit: "if this is one, let the project use it: apus config core.no_scm false"
        case .missingTarget(_, let near?), .unknownTarget(_, _, let near?), .stageNotFound(_, _, let near?),
            .missingMetafile(_, let near?):
            "did you mean '\(near)'?"
        case .missingTarget: "paths start at the current folder"
        case .unknownTarget: "'apus stage list --all' names the stages, 'apus list . --recursive --dvc-only' the data"
        case .stageNotFound, .missingMetafile: "'apus stage list --all' names the stages"
        case .missingOutput: "the stage's command should make it; 'apus checkout' brings back what was recorded"
        case .binaryMetrics: "metrics are JSON, YAML, TOML or Python; list other files in the 'outs' of the stage"
        case .missingDependency: "make it, or correct the path in dvc.yaml; 'apus pull' brings what a remote has"
        case .metafileMeant(let path): "did you mean '\(path).dvc'?"
        case .lockFileAsTarget(let target):
            "did you mean '\(target.replacing(".lock", with: ".yaml", maxReplacements: 1))'?"
        case .metafileAsOutput: "such files belong into Git; 'apus commit' records changed data in them"
        case .outsideProject:
            "'apus root' shows the folder that paths must be below; 'apus add PATH -o NAME' copies data"
        case .notAnOutput: "only what 'apus add' took in can be moved; use mv or 'git mv' for other files"
        case .reproductionFailed(_, _, let hint): hint
        case .commandFailed(_, 127): "the shell did not find the program: is it installed, and on PATH?"
        case .commandFailed(_, 126): "the file cannot be run as a program: try chmod +x"
        case .commandFailed(_, -SIGKILL): "it was killed: was there too little memory?"
        case .missingParameters(let file): "make '\(file)', or take it out of the 'params' of the stage"
        case .missingKeys: "add them to the file, or take them out of the 'params' of the stage"
        case .missingWorkingDirectory(let path): "make it first: mkdir -p '\(path)'"
        case .missingFolder(let path): "make it first: mkdir -p '\(path)'"
        case .ignoredOutput, .ignoredMetafile: "'apus check-ignore -d' shows the rule"
        case .metafileIgnored(let path): "'git check-ignore -v \(path)' shows the rule"
        case .missingDataTarget:
            "paths start at the current folder; 'apus list . --recursive --dvc-only' names the data"
        case .behindLink(_, let link): "name the data by its own path, which '\(link)' leads to"
        case .trackedAsFile(let path): "to make it a directory, run 'apus remove \(path).dvc' first"
        case .incompleteTransfer: "the same command sends what is left"
        case .trackedByGit(let path):
            "to let DVC track it: git rm -r --cached '\(path)' && git commit -m \"stop tracking \(path)\""
        case .overlapping(_, let childStage, let parent, let parentStage, let isParentNew):
            isParentNew
                ? "to include it, run 'apus remove \(childStage)' and then 'apus add \(parent)'"
                : "to include it, run 'apus commit \(parentStage)'"
        case .parametrized: "edit dvc.yaml by hand"
        case .unconfirmed: "to commit without being asked, use --force"
        case .unknownDirectory: "run 'apus fetch' to get it, or add the whole directory"
        case .alreadyThere: "to replace it, use --force"
        case .missingMetafile("dvc.yaml", nil):
            "make a first stage with 'apus stage add -n NAME -d INPUT -o OUTPUT COMMAND'"
        case .notADataSource: "run the pipeline, or record what is there with 'apus commit'"
        case .unsupportedImport(let name): "freeze it with 'apus freeze \(name)', or update it with dvc"
        case .datedParameters: "put the date in quotes"
        case .missingData: "bring it with 'apus pull'"
        case .interrupted: "what had finished is recorded; 'apus repro' goes on from there"
        case .noRemote: "add one with 'apus remote add -d NAME URL'"
        case .unsupportedRemote: "only directories of this machine are supported as remotes so far"
        case .incompleteCheckout: "is the cache up to date? try 'apus fetch' or 'apus pull'"
        case .invalidMetafile(let list):
            list.diagnostics.lazy.compactMap(\.hint).first
                ?? "correct the file, then run the command again"
        case .folderIgnored: "take '.dvc' out of your .gitignore files, or use 'apus init --no-scm'"
        default: nil
        }
    }
}

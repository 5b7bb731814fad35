import ArgumentParser
import Basics
import Configuration
import Glibc
import Projects

extension CompletionKind {
    /// Names of the remotes.
    static var remotes: CompletionKind {
        .custom { words, index, prefix in
            let word = TargetCompletion.word(words, index, prefix)
            let options = try? GlobalOptions.parse([])
            let scope = options.flatMap { try? ConfigurationScope($0) }
            return scope?.configuration.remotes.map(\.name).filter { $0.hasPrefix(word) } ?? []
        }
    }

    /// Outputs, metafiles and stages of the project, and files.
    static var targets: CompletionKind {
        .custom { words, index, prefix in
            let word = TargetCompletion.word(words, index, prefix)
            let files = TargetCompletion.files(word)
            let known = Set(files.map { $0.last == "/" ? String($0.dropLast()) : $0 })
            return files + TargetCompletion.targets(word).filter { !known.contains($0) }
        }
    }

    /// Metafiles and stages of the project.
    static var stages: CompletionKind {
        .custom { words, index, prefix in
            TargetCompletion.targets(TargetCompletion.word(words, index, prefix), withOutputs: false)
        }
    }
}

/// What may stand where a command takes targets.
enum TargetCompletion {
    /// The word to complete; shells differ in how they tell it.
    static func word(_ words: [String], _ index: Int, _ prefix: String) -> String {
        prefix.isEmpty && words.indices.contains(index) ? words[index] : prefix
    }

    /// The entries of the directory that the word names; hidden ones only when it asks for them.
    static func files(_ word: String) -> [String] {
        let parent = word.last == "/" ? word : Paths.parent(word)
        let name = word.last == "/" ? "" : Paths.name(word)
        let entries = (try? Files.entries(in: parent.isEmpty ? "." : parent)) ?? []
        return entries.compactMap { entry in
            guard entry.name.hasPrefix(name), entry.name.first != "." || name.first == "." else { return nil }
            let path = parent.isEmpty || parent.last == "/" ? parent + entry.name : parent + "/" + entry.name
            return Files.isDirectory(path) ? path + "/" : path
        }
    }

    /// What the project has; nothing outside of a project, and what its files tell in spite of faults.
    static func targets(_ word: String, withOutputs: Bool = true) -> [String] {
        guard let project = try? GlobalOptions.parse([]).openProject(),
            let index = try? project.collect(onFault: { _ in })
        else { return [] }
        var found: Set<String> = []
        for stage in index.stages {
            found.insert(stage.id.address(from: project.environment.workingDirectory))
            if withOutputs { found.formUnion(stage.outputs.map { project.shown($0.path) }) }
        }
        return found.filter { $0.hasPrefix(word) }.sorted()
    }
}

import Basics
import Metafiles
import OrderedCollections
import Pipelines
package import Tracking
import Values

extension Project {
    /// Stages with what they do, in DVC's words: those of the targets, or without targets all of the project.
    ///
    /// Files that cannot be used are passed over and `onFault` is told, where the project is searched; a file that is
    /// named must be right.
    package func stageList(
        _ targets: [String]?,
        isRecursive: Bool = false,
        onFault: ((any Error) -> Void)? = nil
    ) throws -> StageListing {
        guard let targets else { return listing(try collect(onFault: onFault).stages) }
        var stages: [Stage] = []
        var seen: Set<StageID> = []
        for target in targets {
            for stage in try self.stages(target, isRecursive, onFault) where seen.insert(stage.id).inserted {
                stages.append(stage)
            }
        }
        return listing(stages)
    }

    private func stages(_ target: String, _ isRecursive: Bool, _ onFault: ((any Error) -> Void)?) throws -> [Stage] {
        if isRecursive, Files.isDirectory(absolute(target)) {
            let index = try collect(onFault: onFault)
            return try self.stages(target, in: index, TargetOptions(isRecursive: true)).map { index.stages[$0] }
        }
        let parsed = try StageTarget(target)
        let isNamed = parsed.name != nil
        let index = try collect(file: absolute(parsed.file ?? "dvc.yaml"), onFault: isNamed ? { _ in } : nil)
        return try load(parsed, in: index, TargetOptions()).map { index.stages[$0] }
    }

    private func listing(_ stages: [Stage]) -> StageListing {
        StageListing(
            rows: stages.map { stage in
                StageListing.Row(stage: stage.id.address(from: environment.workingDirectory), text: stage.summary)
            }
        )
    }
}

extension Stage {
    /// What the stage does: the first line of its description, else what it writes or reads.
    var summary: String {
        let text = (definition?.description ?? dataFile?.fields["desc"]?.string) ?? ""
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let stripped = line.trimmed
        return stripped.isEmpty ? generatedSummary : stripped
    }

    private var generatedSummary: String {
        if outputs.isEmpty {
            if dependencies.isEmpty { return "No outputs or dependencies" }
            return "Depends on " + dependencies.map(\.entry.path).joined(separator: ", ")
        }
        let reports = outputs.filter { $0.entry.isMetric || $0.entry.isPlot }
        let others = outputs.filter { !$0.entry.isMetric && !$0.entry.isPlot }
        return [("Outputs", others), ("Reports", reports)].filter { !$0.1.isEmpty }.map { word, outputs in
            "\(word) \(outputs.map(\.entry.path).joined(separator: ", "))"
        }.joined(separator: "; ")
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}

import Basics
import Metafiles
import ObjectStore
package import Tracking

extension Project {
    /// What of the stages differs from what is recorded.
    package func status(_ targets: [String]) throws -> Status? {
        let stages = try collectStages()
        if stages.isEmpty, targets.isEmpty { return nil }
        return Status(
            stages: try resolve(targets, in: stages).map { stage, filter in
                let items = try stage.outputs(holding: filter).compactMap(item)
                let address = stage.id.address(from: environment.workingDirectory)
                return StageStatus(stage: address, changes: items.isEmpty ? [] : [.outputs(items)])
            }
        )
    }

    private func item(_ output: Output) throws -> StageStatus.Item? {
        try word(for: output).map { StageStatus.Item(path: shown(output.path), state: .word($0)) }
    }

    /// DVC's order of questions: is it cached, is it there, is it the same, was it ever recorded.
    private func word(for output: Output) throws -> String? {
        let workspace = workspace(for: output)
        if let id = output.object, output.entry.usesCache {
            guard workspace.store.contains(id) else { return "not in cache" }
            let needed = try workspace.store.objects(of: id)
            if try workspace.store.existing(among: Array(needed)).count < needed.count { return "not in cache" }
        }
        guard let state = try workspace.currentState(of: output.path) else { return "deleted" }
        if let id = output.object { return state.id == id ? nil : "modified" }
        return output.entry.hash == nil ? "new" : nil
    }
}

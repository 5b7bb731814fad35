import Basics
import Metafiles
import ObjectStore

extension Project {
    /// Removes the project and leaves the data: every output becomes an own file, then the metafiles, `.dvcignore` and
    /// the `.dvc` directory with its cache go.
    package func destroy() throws {
        try locked {
            let index = try collect()
            for output in index.stages.flatMap(\.outputs) where isOwn(output.path) && output.entry.usesCache {
                if Files.exists(output.path) { try workspace(for: output).unprotect(output.path) }
            }
            for metafile in Set(index.stages.map(\.id.metafile) + index.pipelines.map(\.path)) {
                try Files.remove(metafile)
                if Paths.name(metafile) == "dvc.yaml" { try Files.remove(PipelineDocument.lockPath(of: metafile)) }
            }
        }
        try Files.remove(Paths.join(root, ".dvcignore"))
        try Files.remove(folder)
    }
}

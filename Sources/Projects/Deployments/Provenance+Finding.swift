import Basics
package import Deployments
import Git
import Glibc
import Registry
import Tracking

extension Provenance {
    /// Finds out what a deployment of a service would be made from.
    package static func find(_ target: Target, _ file: DeploymentFile, _ environment: Project.Environment) -> Provenance
    {
        var provenance = Provenance()
        let service = file.services.first { $0.name == target.services.first }
        guard let git = environment.repository(containing: Paths.parent(file.path)) else {
            provenance.name(service, nil)
            return provenance
        }
        let commit = git.head()?.commit
        let isDirty = (try? git.status(untracked: false))?.hasChanges ?? false
        provenance.commit = commit.map { isDirty ? $0 + "-dirty" : $0 }
        var version: String?
        if case .onnx(let name)? = service?.engine, let model = ModelName(folder: nil, name: name), let commit {
            version = (try? Project.registry(of: git))?[model].version(at: commit)?.name
        }
        provenance.name(service, version)
        return provenance
    }

    private mutating func name(_ service: ServiceDefinition?, _ registered: String?) {
        switch service?.engine {
        case .onnx(let name)?: model = name
        case .python(let target)?: model = target
        case nil: break
        }
        modelVersion = registered ?? service?.version
    }

    /// Adds who deploys, and that it is now.
    package mutating func sign(_ user: String?) {
        self.user = user
        time = Self.now()
    }

    private static func now() -> String {
        let text = Moment(seconds: Glibc.time(nil)).text
        return text.hasSuffix("+00:00") ? String(text.dropLast(6)) + "Z" : text
    }
}

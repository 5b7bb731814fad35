import Basics
package import Deployments
import Inference
import Values
import YAML

/// What an `apus.yaml` says of deployments.
package struct DeploymentFile: Sendable {
    package let path: String
    /// In the order of the file.
    package let targets: [Target]
    package let services: [ServiceDefinition]
    /// What `image` says of the image that is made of the services.
    package let image: ImageDefinition

    /// Reads a file; everything that is wrong with its targets and services is told at once.
    package init(_ path: String) throws {
        self.path = path
        let bytes = try Files.read(path)
        services = try ServiceFile(parsing: bytes, path: path).services
        let root = try YAMLDocument(parsing: bytes).root
        let result = TargetReader.read(root, services: services.map(\.name))
        image = try ImageDefinition(parsing: bytes, path: path)
        var faults = result.faults
        targets = result.targets.map { target in
            var target = target
            for (line, name) in target.patchFiles {
                do throws(TargetFault) {
                    target.patches.append(try Self.patch(name, line: line, from: Paths.parent(path)))
                } catch {
                    faults.append(error)
                }
            }
            return target
        }
        if faults.isEmpty { return }
        let told = faults.map { TransformFault(line: $0.line, message: $0.message, hint: $0.hint) }
        throw ServiceFileError(path: path, faults: told)
    }

    private static func patch(_ name: String, line: Int, from folder: String) throws(TargetFault) -> Target.Patch {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: Files.read(Paths.absolute(name, from: folder)))
        } catch let error as SyntaxError {
            throw TargetFault(line: line, message: "the patch cannot be read: \(name):\(error.line): \(error.message)")
        } catch {
            throw TargetFault(line: line, message: "the patch cannot be read: \(error)")
        }
        guard document.value["kind"]?.string != nil else {
            throw TargetFault(line: line, message: "the patch in '\(name)' has no 'kind'")
        }
        return Target.Patch(line: line, value: document.value)
    }

    /// Where 'apus image build --push' sends the image of the present commit; nil when the file does not say.
    package func pushedImage(_ environment: Project.Environment) throws -> String? {
        guard let repository = image.repository else { return nil }
        let git = environment.repository(containing: Paths.parent(path))
        return "\(repository):\(try image.tag ?? ImageOrigin(git, epoch: nil).tag)"
    }

    /// The target of this name; the only one without a name.
    package func target(_ name: String?) throws(DeploymentError) -> Target {
        let names = targets.map(\.name)
        guard let name else {
            if targets.count == 1 { return targets[0] }
            throw targets.isEmpty ? .noTargets(path) : .targetNeeded(names)
        }
        guard let target = targets.first(where: { $0.name == name }) else { throw .unknownTarget(name, names) }
        return target
    }
}

import Basics
package import Images
import Synchronization

extension Project {
    /// The layout in which images and layers are kept: below the project, or the user's cache where there is none.
    package func imageLayout(cache: String) throws -> ImageLayout {
        let isProject = Files.isDirectory(folder)
        let root = isProject ? Paths.join(folder, "tmp/images") : Paths.join(cache, "images")
        return try ImageLayout(creating: root)
    }

    /// Builds an image of services.
    package func buildImage(_ options: ImageBuildOptions, _ registries: RegistryAccess) throws -> BuiltImage {
        let layout = try imageLayout(cache: options.cache)
        let lock = try FileLock.wait(layout.root + ".lock")
        defer { lock.release() }
        let image = try ImageBuild(self, options, registries, layout).run()
        try layout.prune()
        return image
    }
}

/// One run of a build.
private struct ImageBuild {
    let options: ImageBuildOptions
    /// The folder of the project.
    let root: String
    let registries: RegistryAccess
    let layout: ImageLayout
    let definition: ImageDefinition
    let contents: ImageContents
    let origin: ImageOrigin
    let base: ImagePlace?

    init(
        _ project: Project,
        _ options: ImageBuildOptions,
        _ registries: RegistryAccess,
        _ layout: ImageLayout
    ) throws {
        self.options = options
        root = project.root
        self.registries = registries
        self.layout = layout
        definition = try ImageDefinition(readingFrom: options.file)
        let file = try ServiceFile(options.file)
        let names = options.services.isEmpty ? definition.services : options.services
        let services = try names.map { name in
            guard let service = file[name] else {
                throw ImageError.invalid("'\(options.file)' has no service '\(name)'")
            }
            return service
        }
        contents = ImageContents(
            definition: definition,
            services: names.isEmpty ? file.services : services,
            file: options.file,
            artifacts: try ArtifactPaths(in: Paths.parent(options.file), project.environment)
        )
        if contents.services.isEmpty {
            throw ImageError.invalid("'\(options.file)' has no services to build an image of")
        }
        origin = try ImageOrigin(project.git, epoch: options.epoch)
        let name = options.base ?? definition.base
        base = name == "scratch" ? nil : try ImagePlace(name, directory: Paths.parent(options.file))
        if base == nil, contents.usesPython {
            throw ImageError.invalid("a service in Python needs a base with Python; 'scratch' has none (image.base)")
        }
    }

    func run() throws -> BuiltImage {
        let repository = try (options.repository ?? definition.repository).map { try ImageReference($0) }
        let tag = options.tag ?? repository?.tag ?? definition.tag ?? origin.tag
        guard ImageReference.isTag(tag[...]) else { throw ImageError.invalid("'\(tag)' cannot be a tag") }
        let reference = repository.map {
            ImageReference(registry: $0.registry, repository: $0.repository, tag: tag)
        }
        var parts: [BuiltImage.Part] = []
        var manifests: [(platform: Platform, manifest: Manifest)] = []
        var bills: [Manifest] = []
        for target in options.targets {
            let base = try base.map { try self.base($0, target.platform) }
            let (layers, bill) = try layers(target)
            parts += layers
            let manifest = try assemble(target, base, layers, tag)
            manifests.append((target.platform, manifest))
            // Not the name at a registry: the same image has the same bill everywhere.
            let name = contents.services.map(\.name).joined(separator: ", ")
            bills.append(try bill.store(about: manifest.descriptor, name: name, in: layout))
        }
        let manifest = try manifests.count == 1 ? manifests[0].manifest : index(manifests)
        try layout.set(manifest, tag: tag, name: reference?.description, folder: root)
        try layout.list(referrers: bills)
        return BuiltImage(
            reference: reference,
            tag: tag,
            manifest: manifest,
            parts: parts,
            bills: bills,
            layout: layout,
            base: { if case .registry(let reference)? = base { reference } else { nil } }()
        )
    }

    private func index(_ manifests: [(platform: Platform, manifest: Manifest)]) throws -> Manifest {
        let entries = manifests.map { platform, manifest in
            var entry = manifest.descriptor
            entry.platform = platform
            return entry
        }
        let manifest = try Manifest(ImageIndex(entries))
        try layout.add(manifest)
        return manifest
    }

    /// The base for a platform; of a registry only what says what it is made of.
    private func base(_ place: ImagePlace, _ platform: Platform) throws -> BaseImage {
        let (registries, layout) = (registries, layout)
        let manifest: Manifest
        switch place {
        case .registry(let reference):
            manifest = try Awaited.value { () async throws in
                let pull = ImagePull(from: try registries.repository(reference), to: layout)
                return try await pull.pull(reference, platform: platform, withLayers: false)
            }
        case .layout(let path, let selector):
            let other = try ImageLayout(opening: path)
            manifest = try layout.copy(try other.manifest(selector), from: other, platform: platform)
        case .archive(let path):
            let folder = try Files.makeTemporaryFolder("apus-image-")
            defer { try? Files.remove(folder) }
            let other = try ImageArchive.open(path, in: folder)
            manifest = try layout.copy(try other.manifest(nil), from: other, platform: platform)
        }
        return try BaseImage(manifest, in: layout, for: platform, name: place.description)
    }

    // MARK: Layers

    /// The layers in the order in which they change, and what is in them.
    private func layers(_ target: ImageBuildOptions.Target) throws -> ([BuiltImage.Part], BillOfMaterials) {
        var bill = BillOfMaterials(creator: "apus-\(options.version)", created: origin.created)
        var plans: [LayerPlan] = []
        if base == nil {
            let runtime = contents.usesONNX ? [target.runtime].compactMap(\.self) : []
            plans.append(try SystemFiles.layer(for: [target.program] + runtime))
        }
        if contents.usesONNX { plans.append(try runtime(target, &bill)) }
        var program = LayerPlan("apus")
        program.add(.init(ImageContents.program, .file(target.program), mode: 0o755))
        plans.append(program)
        bill.packages.append(.init(name: "apus", version: options.version))
        if let requirements = definition.requirements { plans.append(try packages(requirements, target, &bill)) }
        plans.append(try contents.code())
        plans += try contents.modelLayers()
        for service in contents.services {
            bill.packages.append(.init(name: "model \(service.name)", version: service.version))
        }
        return (try build(plans, target.platform), bill)
    }

    private func runtime(_ target: ImageBuildOptions.Target, _ bill: inout BillOfMaterials) throws -> LayerPlan {
        guard let runtime = target.runtime, let library = Files.canonical(runtime) else { throw RuntimeMissing() }
        var plan = LayerPlan("ONNX Runtime")
        plan.add(.init(runtimePath(runtime), .file(library), mode: 0o755))
        let version = Paths.name(library).ranges(of: ".so.").last.map { String(Paths.name(library)[$0.upperBound...]) }
        bill.packages.append(
            .init(
                name: "onnxruntime",
                version: version,
                locator: version.map { "pkg:github/microsoft/onnxruntime@v\($0)" }
            )
        )
        return plan
    }

    private func runtimePath(_ library: String) -> String {
        Paths.join(ImageContents.runtimeFolder, Paths.name(library))
    }

    private func packages(
        _ requirements: String,
        _ target: ImageBuildOptions.Target,
        _ bill: inout BillOfMaterials
    ) throws -> LayerPlan {
        guard let version = definition.pythonVersion else {
            throw ImageError.invalid("image.python needs the 'version' of Python in the base, such as \"3.12\"")
        }
        guard let interpreter = options.interpreter else {
            throw ImageError.invalid("there is no python3 on PATH, whose pip finds the packages of the image")
        }
        let path = Paths.absolute(requirements, from: contents.directory)
        guard Files.exists(path) else { throw MissingImageFile(path: requirements) }
        let folder = try PythonPackages(
            requirements: path,
            interpreter: interpreter,
            version: version,
            platform: target.platform,
            cache: Paths.join(layout.root, "python")
        ).folder()
        for (name, version) in PythonPackages.list(folder) {
            let plain = name.lowercased().replacing("_", with: "-")
            bill.packages.append(.init(name: name, version: version, locator: "pkg:pypi/\(plain)@\(version)"))
        }
        var plan = LayerPlan("packages of Python")
        try plan.add(folder, as: ImageContents.packages) { !$0.contains("__pycache__") }
        return plan
    }

    /// Makes the layers that are not there yet, several at the same time.
    private func build(_ plans: [LayerPlan], _ platform: Platform) throws -> [BuiltImage.Part] {
        let builder = LayerBuilder(layout.blobs, options.compression ?? definition.compression)
        let results = Mutex<[Int: BuiltImage.Part]>([:])
        try Workers.run(count: plans.count, threads: Workers.processorCount, batch: 1) { range in
            for index in range {
                let (layer, isNew) = try builder.layer(plans[index])
                let part = BuiltImage.Part(name: plans[index].name, platform: platform, layer: layer, isNew: isNew)
                results.withLock { $0[index] = part }
            }
        }
        return results.withLock { results in plans.indices.compactMap { results[$0] } }
    }

    // MARK: Settings

    private func assemble(
        _ target: ImageBuildOptions.Target,
        _ base: BaseImage?,
        _ parts: [BuiltImage.Part],
        _ tag: String
    ) throws -> Manifest {
        var assembly = ImageAssembly(platform: target.platform)
        assembly.base = base
        assembly.parts = parts.map { .init(name: $0.name, layer: $0.layer) }
        assembly.created = origin.created
        assembly.annotations = annotations(base, tag)
        assembly.labels = assembly.annotations.merging(definition.labels) { $1 }
        for service in contents.services {
            assembly.labels["dev.apus.service.\(service.name).version"] = service.version
            let part = parts.first { $0.name == "model \(service.name)" }
            if let part { assembly.labels["dev.apus.service.\(service.name).model"] = part.layer.diffID.description }
        }
        assembly.entryPoint = ["/" + ImageContents.program]
        assembly.arguments =
            ["serve"] + contents.services.map(\.name) + ["--host", "0.0.0.0", "--port", "\(definition.port)"]
            + (definition.grpcPort.map { ["--grpc-port", "\($0)"] } ?? []) + definition.arguments
        // Where arguments say otherwise, how to ask is not known here.
        let isPlain = definition.arguments.allSatisfy { $0.wholeMatch(of: /--(host|port|tls).*/) == nil }
        if isPlain {
            assembly.healthCheck = assembly.entryPoint + ["infer", "127.0.0.1:\(definition.port)", "--ready"]
        }
        assembly.ports = [definition.port] + [definition.grpcPort].compactMap(\.self)
        assembly.workingDirectory = "/" + ImageContents.folder
        assembly.user = "\(SystemFiles.user):\(SystemFiles.user)"
        if base == nil {
            assembly.environment.append(("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"))
        }
        if contents.usesONNX, let runtime = target.runtime {
            assembly.environment.append(("APUS_ONNXRUNTIME", "/" + runtimePath(runtime)))
        }
        if definition.requirements != nil { assembly.environment.append(("PYTHONPATH", "/" + ImageContents.packages)) }
        assembly.environment += definition.environment
        return try assembly.store(in: layout).manifest
    }

    private func annotations(_ base: BaseImage?, _ tag: String) -> [String: String] {
        let prefix = "org.opencontainers.image."
        var annotations = [
            prefix + "created": origin.created,
            prefix + "title": contents.services.map(\.name).joined(separator: ", "),
            prefix + "version": tag,
        ]
        annotations[prefix + "revision"] = origin.revision
        annotations[prefix + "source"] = origin.address
        if let base {
            // The place of a file is this machine's affair.
            if case .registry = self.base { annotations[prefix + "base.name"] = base.name }
            annotations[prefix + "base.digest"] = base.manifest.digest.description
        }
        return annotations
    }
}

/// ONNX Runtime's library, which is not found.
struct RuntimeMissing: HintedError, CustomStringConvertible {
    var description: String { "ONNX Runtime, which the image needs to run its models, is not found" }
    var hint: String? { "'pip install onnxruntime' brings it, or --onnxruntime names the library" }
}

import OrderedCollections
import Values

/// Puts layers and settings together to an image.
package struct ImageAssembly: Sendable {
    /// A layer to be put on top, with the words of its history.
    package struct Part: Sendable {
        package let name: String
        package let layer: Layer

        package init(name: String, layer: Layer) {
            self.name = name
            self.layer = layer
        }
    }

    package let platform: Platform
    package var base: BaseImage?
    package var parts: [Part] = []
    /// When it was made, as RFC 3339 has it: not now, but when its sources were.
    package var created = "1970-01-01T00:00:00Z"
    package var annotations: [String: String] = [:]
    package var labels: [String: String] = [:]
    package var entryPoint: [String] = []
    package var arguments: [String] = []
    package var environment: [(name: String, value: String)] = []
    package var workingDirectory = "/"
    package var user = "65532:65532"
    package var ports: [Int] = []
    /// What Docker and Compose run in the container to know whether it is well; Kubernetes has probes of its own.
    package var healthCheck: [String] = []

    package init(platform: Platform) {
        self.platform = platform
    }

    /// Stores the configuration and the manifest.
    package func store(in layout: ImageLayout) throws(ImageError) -> (manifest: Manifest, config: ImageConfig) {
        let config = configuration
        let descriptor = try layout.blobs.add(config.bytes, mediaType: MediaType.config)
        var image = ImageManifest(config: descriptor, layers: (base?.layers ?? []) + parts.map(\.layer.descriptor))
        image.annotations = annotations
        let manifest = try Manifest(image)
        try layout.add(manifest)
        return (manifest, config)
    }

    private var configuration: ImageConfig {
        var config = base?.config ?? ImageConfig(platform: platform)
        config.created = created
        config.author = nil
        for part in parts {
            config.addLayer(part.layer.diffID, createdBy: "apus image build: \(part.name)", created: created)
        }
        for (name, value) in environment { config.setEnvironment(name, value) }
        config["User"] = .string(user)
        config["WorkingDir"] = .string(workingDirectory)
        config["Entrypoint"] = .list(entryPoint.map { .string($0) })
        config["Cmd"] = .list(arguments.map { .string($0) })
        config["StopSignal"] = .string("SIGTERM")
        // Of Docker's configuration, not of OCI's, in nanoseconds. A base's check would ask for the base's program.
        config["Healthcheck"] =
            healthCheck.isEmpty
            ? nil
            : .map([
                "Test": .list((["CMD"] + healthCheck).map { .string($0) }), "Interval": .int(10_000_000_000),
                "Timeout": .int(5_000_000_000), "StartPeriod": .int(60_000_000_000), "Retries": .int(3),
            ])
        var exposed = config["ExposedPorts"]?.map ?? [:]
        for port in ports { exposed[Value.Key("\(port)/tcp")] = .map([:]) }
        if !exposed.isEmpty { config["ExposedPorts"] = .map(exposed) }
        config.labels = config.labels.merging(labels) { $1 }
        return config
    }
}

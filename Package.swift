// swift-tools-version: 6.1
import PackageDescription

let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")

let nio = ["NIOCore", "NIOPosix"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let http = [
    Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
    .product(name: "NIOHPACK", package: "swift-nio-http2"),
    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "apus",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "apus", targets: ["apus"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    ],
    targets: [
        // Basics
        .target(name: "CProcess"),
        .target(name: "Basics", dependencies: ["CProcess"]),
        .testTarget(name: "BasicsTests", dependencies: ["Basics"]),

        // Compression
        .target(
            name: "CZlib",
            linkerSettings: [
                .linkedLibrary(":libz.a", .when(platforms: [.linux])), .linkedLibrary("z", .when(platforms: [.macOS])),
            ]
        ),
        .target(
            name: "CLZMA",
            linkerSettings: [
                .linkedLibrary(":liblzma.a", .when(platforms: [.linux])),
                .linkedLibrary("lzma", .when(platforms: [.macOS])),
            ]
        ),
        .target(
            name: "CZstd",
            linkerSettings: [
                .linkedLibrary(":libzstd.a", .when(platforms: [.linux])),
                .linkedLibrary("zstd", .when(platforms: [.macOS])),
            ]
        ),
        .target(
            name: "CLibdeflate",
            linkerSettings: [
                .linkedLibrary(":libdeflate.a", .when(platforms: [.linux])),
                .linkedLibrary("deflate", .when(platforms: [.macOS])),
            ]
        ),
        .target(name: "Compression", dependencies: ["Basics", "CLZMA", "CLibdeflate", "CZlib", "CZstd"]),
        .testTarget(name: "CompressionTests", dependencies: ["Compression"]),

        // Archives
        .target(name: "Archives", dependencies: ["Basics", "Compression"]),
        .testTarget(name: "ArchivesTests", dependencies: ["Archives", "Basics", "Compression"]),

        // Digests
        .target(name: "CDigests"),
        .target(name: "Digests", dependencies: ["CDigests"]),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"]),

        // ObjectStore
        .target(name: "CSystemCalls"),
        .target(name: "ObjectStore", dependencies: ["Basics", "CSystemCalls", "Digests"]),
        .testTarget(name: "ObjectStoreTests", dependencies: ["Basics", "CSystemCalls", "Digests", "ObjectStore"]),

        // Remotes
        .target(name: "Remotes", dependencies: ["Basics", "CSystemCalls", "Digests", "ObjectStore"]),
        .testTarget(name: "RemotesTests", dependencies: ["Basics", "Digests", "ObjectStore", "Remotes"]),

        // Tables
        .target(name: "Tables"),
        .testTarget(name: "TablesTests", dependencies: ["Tables"], exclude: ["Fixtures"]),

        // Values
        .target(name: "Values", dependencies: [orderedCollections]),
        .testTarget(name: "ValuesTests", dependencies: ["Values", orderedCollections]),

        // YAML
        .target(name: "YAML", dependencies: ["Values", orderedCollections]),
        .testTarget(name: "YAMLTests", dependencies: ["Values", "YAML", orderedCollections], exclude: ["Fixtures"]),

        // Parameters
        .target(name: "Parameters", dependencies: ["Basics", "Values", "YAML", orderedCollections]),
        .testTarget(
            name: "ParametersTests",
            dependencies: ["Parameters", "Values", "YAML", orderedCollections]
        ),

        // Pipelines
        .target(
            name: "Pipelines",
            dependencies: ["Basics", "Digests", "Parameters", "Values", "YAML", orderedCollections, heap]
        ),
        .testTarget(
            name: "PipelinesTests",
            dependencies: ["Parameters", "Pipelines", "Values", "YAML", orderedCollections],
            resources: [.copy("Fixtures")]
        ),

        // Metafiles
        .target(name: "Metafiles", dependencies: ["Values", "YAML", orderedCollections]),

        // Configuration
        .target(name: "Configuration", dependencies: ["Basics"]),

        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Basics", "Configuration"],
            exclude: ["Fixtures"]
        ),

        // Git
        .target(name: "Git", dependencies: ["Basics"]),
        .testTarget(name: "GitTests", dependencies: ["Basics", "Git"], exclude: ["Fixtures"]),

        // Registry
        .target(name: "Registry"),
        .testTarget(name: "RegistryTests", dependencies: ["Registry"]),

        // Inference
        .target(name: "CONNXRuntime"),
        .target(
            name: "CImaging",
            linkerSettings: ["jpeg", "png16", "z"].flatMap {
                [
                    .linkedLibrary(":lib\($0).a", .when(platforms: [.linux])),
                    .linkedLibrary($0, .when(platforms: [.macOS])),
                ]
            } + [.linkedLibrary("m")]
        ),
        .target(
            name: "Inference",
            dependencies: ["Basics", "CImaging", "CONNXRuntime", "CProcess", "Values", "YAML", orderedCollections],
            resources: [.embedInCode("Python/adapter.py")]
        ),
        .testTarget(
            name: "InferenceTests",
            dependencies: ["Basics", "Inference", "Values", "YAML", orderedCollections],
            exclude: ["Fixtures"]
        ),

        // Serving
        .target(
            name: "Serving",
            dependencies: ["Basics", "Compression", "Digests", "Inference", "Transport", "Values", orderedCollections]
                + nio + http,
            resources: [.embedInCode("Page/page.html")]
        ),
        .testTarget(
            name: "ServingTests",
            dependencies: [
                "Basics", "Compression", "Digests", "Inference", "Serving", "Transport", "Values", orderedCollections,
            ] + nio
                + http,
            exclude: ["Fixtures"]
        ),

        // Transport
        .target(name: "Transport", dependencies: ["Basics", "Compression"] + nio + http),
        .testTarget(name: "TransportTests", dependencies: ["Basics", "Compression", "Transport"] + nio + http),

        // Images
        .target(
            name: "Images",
            dependencies: ["Archives", "Basics", "Compression", "Digests", "Transport", "Values", orderedCollections]
                + nio + http
        ),
        .testTarget(
            name: "ImagesTests",
            dependencies: [
                "Archives", "Basics", "Compression", "Digests", "Images", "Transport", "Values", orderedCollections,
            ]
                + nio + http
        ),

        // Kubernetes
        .target(
            name: "Kubernetes",
            dependencies: ["Basics", "Transport", "Values", "YAML", orderedCollections] + nio
                + [.product(name: "NIOHTTP1", package: "swift-nio")]
        ),
        .testTarget(
            name: "KubernetesTests",
            dependencies: ["Basics", "Kubernetes", "TestSupport", "Transport", "Values", "YAML", orderedCollections]
                + nio
                + [.product(name: "NIOHTTP1", package: "swift-nio")]
        ),

        // TestSupport
        .target(name: "TestSupport", path: "Tests/TestSupport"),

        // Tracking
        .target(name: "Tracking", dependencies: ["Basics", "Tables", "Values", orderedCollections]),

        .testTarget(
            name: "TrackingTests",
            dependencies: ["Basics", "Tables", "Tracking", "Values", orderedCollections],
            exclude: ["Fixtures"]
        ),

        // Deployments
        .target(name: "Deployments", dependencies: ["Basics", "Tables", "Values", "YAML", orderedCollections]),
        .testTarget(
            name: "DeploymentsTests",
            dependencies: ["Deployments", "Values", "YAML", orderedCollections],
            exclude: ["Fixtures"]
        ),

        // Projects
        .target(
            name: "Projects",
            dependencies: [
                "Archives", "Basics", "Configuration", "Deployments", "Digests", "Git", "Images", "Inference",
                "Kubernetes", "Metafiles", "ObjectStore", "Parameters", "Pipelines", "Registry", "Remotes", "Tracking",
                "Values", "YAML",
                orderedCollections,
            ]
        ),

        .testTarget(
            name: "ProjectsTests",
            dependencies: [
                "Archives", "Basics", "Configuration", "Deployments", "Git", "Inference", "Kubernetes", "Metafiles",
                "ObjectStore", "Pipelines", "Projects", "Registry", "Remotes", "Tables", "TestSupport",
                "Tracking", "Values", "YAML", orderedCollections,
            ],
            exclude: ["Fixtures"]
        ),

        // Commands
        .target(
            name: "Commands",
            dependencies: [
                "Basics", "Configuration", "Deployments", "Git", "Images", "Inference", "Kubernetes", "ObjectStore",
                "Pipelines", "Projects",
                "Registry", "Serving", "Tables",
                "Tracking", "Transport",
                "Values", orderedCollections,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "apus", "Basics", "Commands", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(name: "apus", dependencies: ["Commands"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}

// What waits for disks, networks and people is built for size.
let quick: Set = [
    "Basics", "Compression", "Digests", "Inference", "ObjectStore", "Pipelines", "Serving", "Values", "YAML",
]
for target in package.targets where target.type == .regular && !quick.contains(target.name) {
    target.swiftSettings?.append(.unsafeFlags(["-Osize"], .when(configuration: .release)))
}

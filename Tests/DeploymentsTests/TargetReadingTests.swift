import Deployments
import Testing

@Suite struct TargetReadingTests {
    @Test func theShortestTargetHasDefaults() throws {
        let target = try target("deploy: {production: {service: digits}}")
        #expect(target.objectName == "digits")
        #expect(target.replicas == 1)
        #expect(target.resources.limits == ["memory": "512Mi"])
        #expect(target.spread.count == 2)
    }

    @Test func aTargetWithoutServiceRunsAll() throws {
        #expect(try target("deploy: {production: {}}").services == ["digits", "cnn"])
    }

    @Test func memoryIsLimitedToWhatIsAskedFor() throws {
        let target = try target("deploy: {p: {service: digits, resources: {cpu: 1.5, memory: 1Gi, gpu: 1}}}")
        #expect(target.resources.requests == ["cpu": "1.5", "memory": "1Gi", "nvidia.com/gpu": "1"])
        #expect(target.resources.limits == ["memory": "1Gi", "nvidia.com/gpu": "1"])
    }

    @Test func autoscalingStartsFromTheReplicas() throws {
        let scale = try #require(
            try target("deploy: {p: {service: digits, replicas: 3, autoscale: {max: 9}}}").autoscale
        )
        #expect([scale.min, scale.max, scale.cpu, scale.memory] == [3, 9, 80, nil])
    }

    @Test func environmentTakesValuesAndReferences() throws {
        let target = try target(
            "deploy: {p: {service: digits, env: {A: 1, B: true, C_TOKEN: {secret: s, key: t}, D: {field: metadata.name}}}}"
        )
        #expect(target.environment.map(\.name) == ["A", "B", "C_TOKEN", "D"])
        #expect(
            target.environment.map(\.value)
                == [.literal("1"), .literal("true"), .secret("s", key: "t"), .field("metadata.name")]
        )
    }

    @Test(
        "each mistake is told with its line",
        arguments: [
            ("service: nobody", "there is no service 'nobody'"),
            ("servce: digits", "'deploy.p' has no key 'servce'"),
            ("replicas: -1", "'replicas' must be a whole number from 0 to 10000"),
            ("replicas: many", "'replicas' must be a whole number from 0 to 10000"),
            ("resources: {memory: lots}", "'memory' must be an amount such as 2, 500m or 4Gi"),
            ("resources: {disk: 1}", "'resources' has no key 'disk'"),
            ("namespace: Models", "'namespace' must be the name of a namespace"),
            ("name: 1digits", "'name' must be small letters, digits and '-', a letter first, up to 54 characters"),
            ("engine: nomad", "'engine' must be deployment or kserve"),
            ("autoscale: {min: 5, max: 2}", "'min' must not be greater than 'max'"),
            ("autoscale: {min: 0, max: 2}", "without KServe there must be one replica at least"),
            ("autoscale: {}", "'autoscale' has no 'max'"),
            (
                "env: {DB_PASSWORD: x}",
                "'DB_PASSWORD' looks like a secret, which would be readable here and in the cluster"
            ),
            ("env: {1A: x}", "this cannot be the name of a variable"),
            ("env: {A: {}}", "'env.A' must be a value, or have 'secret', 'config-map' or 'field'"),
            ("labels: {a: b c}", "'labels.a' has a value that Kubernetes does not take"),
            ("ingress: {}", "'ingress' has no 'host'"),
            ("ingress: {host: Bad_Host}", "'host' must be a host such as digits.example.com, or a list of such"),
            ("route: {host: a.b}", "'route' has no 'gateway'"),
            ("grpc: 3000", "'grpc' must be another port than 'port'"),
            ("port: 80", "'port' must be a whole number from 1024 to 65535"),
            ("drain: soon", "'drain' must be a time such as 30s or 5m, up to 3600s"),
            ("patch: {spec: {}}", "a 'patch' must be a mapping with a 'kind', or the path of a file with one"),
            ("spread: {host: maybe}", "'host' must be soft or strict"),
            ("tolerations: [a]", "'tolerations' must be a list of mappings, as Kubernetes has them"),
            ("service-type: Headless", "'service-type' must be ClusterIP, NodePort, LoadBalancer"),
        ]
    )
    func mistake(_ line: String, _ message: String) throws {
        let result = try read("deploy:\n  p:\n    \(line)\n")
        #expect(result.faults.map(\.message) == [message])
        #expect(result.faults.first?.line == 3)
    }

    @Test func severalMistakesAreToldAtOnce() throws {
        let result = try read("deploy:\n  p: {replicas: x}\n  q: {service: z}\n  R: {}\n")
        #expect(result.faults.map(\.line) == [2, 3, 4])
    }

    @Test func twoTargetsMustNotHaveTheSameObjects() throws {
        let text = "deploy:\n  a: {service: digits, namespace: n}\n  b: {service: digits, namespace: n}\n"
        let result = try read(text)
        #expect(result.faults.map(\.message) == ["'b' has the same objects as 'a'"])
        #expect(try read(text.replacing("b: {", with: "b: {name: other, ")).faults.isEmpty)
    }

    @Test func aServiceThatKubernetesCannotNameNeedsAName() throws {
        let text = "deploy: {p: {service: Digits_2}}"
        #expect(try read(text, services: ["Digits_2"]).faults.map(\.message).count == 1)
        let named = try read("deploy: {p: {service: Digits_2, name: digits}}", services: ["Digits_2"])
        #expect(named.faults.isEmpty)
    }

    @Test func hostileShapesAreMistakesAndNoTraps() throws {
        for text in ["deploy: 1", "deploy: []", "deploy: {p: []}", "deploy: {p: {env: [1], autoscale: 3, labels: x}}"] {
            #expect(try !read(text).faults.isEmpty)
        }
        #expect(try !read("deploy: {p: {drain: 99999999999999999999h, replicas: 99999999999999999999}}").faults.isEmpty)
    }
}

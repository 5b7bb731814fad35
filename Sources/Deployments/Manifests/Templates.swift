/// The objects of a target, as `Template` has them.
enum Templates {
    static let serviceAccount = Template(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: $metadata
        automountServiceAccountToken: false
        """
    )

    static let service = Template(
        """
        apiVersion: v1
        kind: Service
        metadata: $metadata
        spec:
          type: $type
          selector: $selector
          ports:
          - {name: http, port: $servicePort, targetPort: http, protocol: TCP, appProtocol: http}
          - $grpc
        """
    )

    static let grpcPort = Template(
        "{name: grpc, port: $port, targetPort: grpc, protocol: TCP, appProtocol: kubernetes.io/h2c}"
    )

    static let deployment = Template(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: $metadata
        spec:
          replicas: $replicas
          minReadySeconds: $settle
          revisionHistoryLimit: 10
          progressDeadlineSeconds: $deadline
          selector: {matchLabels: $selector}
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
          template:
            metadata: {labels: $podLabels, annotations: $podAnnotations}
            spec: $pod
        """
    )

    static let pod = Template(
        """
        serviceAccountName: $name
        automountServiceAccountToken: false
        enableServiceLinks: false
        terminationGracePeriodSeconds: $grace
        securityContext:
          runAsNonRoot: true
          runAsUser: 65532
          runAsGroup: 65532
          fsGroup: 65532
          seccompProfile: {type: RuntimeDefault}
        imagePullSecrets: $pullSecrets
        nodeSelector: $nodeSelector
        tolerations: $tolerations
        topologySpreadConstraints: $spread
        containers:
        - $container
        volumes: $volumes
        """
    )

    /// The startup probe ends as soon as the model is loaded; only then do the others begin.
    static let container = Template(
        """
        name: $containerName
        image: $image
        args: $args
        ports:
        - {name: http, containerPort: $port, protocol: TCP}
        - $grpc
        env: $env
        envFrom: $envFrom
        resources: {requests: $requests, limits: $limits}
        startupProbe:
          httpGet: {path: /readyz, port: http}
          periodSeconds: 1
          timeoutSeconds: 2
          failureThreshold: $startup
        readinessProbe:
          httpGet: {path: /readyz, port: http}
          periodSeconds: 2
          timeoutSeconds: 2
          failureThreshold: 3
        livenessProbe:
          httpGet: {path: /livez, port: http}
          periodSeconds: 10
          timeoutSeconds: 5
          failureThreshold: 3
        securityContext:
          runAsNonRoot: true
          runAsUser: 65532
          readOnlyRootFilesystem: true
          allowPrivilegeEscalation: false
          capabilities: {drop: [ALL]}
          seccompProfile: {type: RuntimeDefault}
        volumeMounts: $mounts
        """
    )

    static let autoscaler = Template(
        """
        apiVersion: $version
        kind: HorizontalPodAutoscaler
        metadata: $metadata
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: $name}
          minReplicas: $min
          maxReplicas: $max
          targetCPUUtilizationPercentage: $percent
          metrics: $metrics
          behavior: $behavior
        """
    )

    static let metric = Template(
        "{type: Resource, resource: {name: $name, target: {type: Utilization, averageUtilization: $percent}}}"
    )

    /// More pods at once, fewer only slowly.
    static let behavior = Template("scaleDown: {stabilizationWindowSeconds: 300}")

    static let disruptionBudget = Template(
        """
        apiVersion: $version
        kind: PodDisruptionBudget
        metadata: $metadata
        spec:
          maxUnavailable: 1
          selector: {matchLabels: $selector}
        """
    )

    static let spread = Template(
        """
        maxSkew: 1
        topologyKey: $key
        whenUnsatisfiable: $unsatisfiable
        labelSelector: {matchLabels: $selector}
        """
    )

    static let ingress = Template(
        """
        apiVersion: $version
        kind: Ingress
        metadata: $metadata
        spec:
          ingressClassName: $class
          tls: [{hosts: $hosts, secretName: $secret}]
          rules: $rules
        """
    )

    static let ingressRule = Template(
        "{host: $host, http: {paths: [{path: $path, pathType: Prefix, backend: $backend}]}}"
    )
    static let oldIngressRule = Template("{host: $host, http: {paths: [{path: $path, backend: $backend}]}}")
    static let backend = Template("service: {name: $name, port: {name: http}}")
    static let oldBackend = Template("{serviceName: $name, servicePort: http}")

    static let route = Template(
        """
        apiVersion: $version
        kind: HTTPRoute
        metadata: $metadata
        spec:
          parentRefs: [{name: $gateway, namespace: $gatewayNamespace}]
          hostnames: $hosts
          rules:
          - matches: [{path: {type: PathPrefix, value: $path}}]
            backendRefs: [{name: $name, port: $servicePort}]
        """
    )

    static let networkPolicy = Template(
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: $metadata
        spec:
          podSelector: {matchLabels: $selector}
          policyTypes: [Ingress, Egress]
          ingress:
          - from: $from
            ports:
            - {port: http, protocol: TCP}
            - $grpc
          egress: $egress
        """
    )

    static let serviceMonitor = Template(
        """
        apiVersion: $version
        kind: ServiceMonitor
        metadata: $metadata
        spec:
          selector: {matchLabels: $selector}
          endpoints: [{port: http, path: /metrics, interval: $interval}]
        """
    )

    static let servingRuntime = Template(
        """
        apiVersion: $version
        kind: ServingRuntime
        metadata: $metadata
        spec:
          multiModel: false
          protocolVersions: [v2, grpc-v2]
          supportedModelFormats: [{name: apus, version: "1", autoSelect: false}]
          imagePullSecrets: $pullSecrets
          nodeSelector: $nodeSelector
          tolerations: $tolerations
          containers:
          - $container
          volumes: $volumes
        """
    )

    static let inferenceService = Template(
        """
        apiVersion: $version
        kind: InferenceService
        metadata: $metadata
        spec:
          predictor:
            minReplicas: $min
            maxReplicas: $max
            scaleMetric: $scaleMetric
            scaleTarget: $scaleTarget
            canaryTrafficPercent: $canary
            timeout: $timeout
            model:
              modelFormat: {name: apus}
              protocolVersion: v2
              runtime: $name
        """
    )
}

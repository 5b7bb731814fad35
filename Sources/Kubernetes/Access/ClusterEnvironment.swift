/// What of the process decides which cluster is meant.
package struct ClusterEnvironment: Sendable {
    /// Of the process: `KUBECONFIG`, `HTTPS_PROXY`, `NO_PROXY`, and what a pod has.
    package var variables: [String: String]
    package var home: String?
    /// The folder that `.` is.
    package var workingDirectory: String
    /// Whether a credential plugin may ask on the terminal.
    package var isInteractive: Bool
    /// Where a pod finds its own credentials.
    package var serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    package init(
        variables: [String: String],
        home: String? = nil,
        workingDirectory: String = "/",
        isInteractive: Bool = false
    ) {
        self.variables = variables
        self.home = home
        self.workingDirectory = workingDirectory
        self.isInteractive = isInteractive
    }

    /// The variable, unless it is empty.
    func variable(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

import Basics
import Glibc
import OrderedCollections
import Values

extension CredentialPlugin {
    /// How long one may take that cannot ask anybody.
    private static let patience: Duration = .seconds(60)

    /// Asks the plugin, on a thread of its own.
    func run(_ cluster: Value, mayAsk: Bool) async throws -> Credentials {
        if mode == .always, !mayAsk {
            throw ClusterError.credentials(
                "the credential plugin \(title) has to ask, and there is no terminal",
                hint: "log in from a terminal first"
            )
        }
        let asks = mayAsk && mode != .never
        var variables = environment
        variables["KUBERNETES_EXEC_INFO"] = request(cluster, isInteractive: asks)
        let words = [command] + arguments
        let run: PluginRun
        do throws(FileError) {
            run = try PluginRun(words, variables, asks: asks)
        } catch {
            let text = "the credential plugin \(title) cannot be run: \(error.reason)"
            throw ClusterError.credentials(text, hint: installHint.map { Printable.text($0) } ?? "is it on PATH?")
        }
        let result = await run.result(within: asks ? nil : Self.patience)
        try Task.checkCancellation()
        guard result.ending.isSuccess else { throw failure(result) }
        return try credentials(result.output)
    }

    /// What messages call it: never its arguments, which may be secret.
    private var title: String { "'\(Printable.text(Paths.name(command)))'" }

    private func failure(_ result: PluginRun.Result) -> ClusterError {
        let ending =
            switch result.ending {
            case .exited(let code): "ended with code \(code)"
            case .signaled(SIGKILL): "was stopped, as it took more than \(Self.patience)"
            case .signaled(let number): "was ended by signal \(number)"
            }
        // What it prints for the user; its answer, which is secret, goes to standard output.
        let words = Printable.text(String(decoding: result.errors, as: UTF8.self), limit: 400)
        let text = "the credential plugin \(title) \(ending)" + (words.isEmpty ? "" : ": \(words)")
        return .credentials(text, hint: "log in anew with the program that made this kubeconfig")
    }

    /// Reads an `ExecCredential`.
    func credentials(_ output: [UInt8]) throws(ClusterError) -> Credentials {
        guard output.count <= 1 << 20, let answer = try? Value(json: output) else {
            throw .credentials("the credential plugin \(title) answered no JSON", hint: nil)
        }
        guard answer["kind"]?.string == "ExecCredential", answer["apiVersion"]?.string == apiVersion else {
            throw .credentials(
                "the credential plugin \(title) answered no ExecCredential of \(apiVersion)",
                hint: "the kubeconfig and the plugin are of different age: update the plugin, or fetch a new kubeconfig"
            )
        }
        let status = answer["status"]
        var result = Credentials()
        result.token = status?["token"]?.string.map(Secret.init)
        result.certificate = status?["clientCertificateData"]?.string.map { Array($0.utf8) }
        result.key = status?["clientKeyData"]?.string.map { Array($0.utf8) }
        if let time = status?["expirationTimestamp"]?.string { result.expiration = Timestamp.seconds(time) }
        let hasPair = result.certificate != nil && result.key != nil
        guard result.token?.isFieldValue ?? hasPair, (result.certificate == nil) == (result.key == nil) else {
            throw .credentials("the credential plugin \(title) answered neither a token nor a certificate", hint: nil)
        }
        return result
    }
}

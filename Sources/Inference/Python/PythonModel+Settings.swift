extension PythonModel {
    /// What to run, and how.
    package struct Settings: Sendable {
        /// `file.py:Class`, relative to the directory, or `package.module:Class`.
        package var target: String
        /// The workers' current directory, and the first place modules are looked for in.
        package var directory: String
        /// The path of the interpreter.
        package var interpreter: String
        /// How many processes.
        package var workers = 1
        /// For one call, from when a worker has it; beyond it the worker is killed.
        package var timeLimit = Duration.seconds(60)
        /// For loading the model.
        package var startLimit = Duration.seconds(300)
        /// Between asking a worker to end and killing it.
        package var stopLimit = Duration.seconds(5)
        /// Bytes of resident memory beyond which a worker is replaced between two calls.
        package var memoryLimit: Int?
        /// Variables set over the inherited ones.
        package var environment: [String: String] = [:]
        /// The method that the tensor role means; nil for `predict`, or else the first that takes tensors only.
        package var method: String?
        /// How many ends within a minute, not asked for, make the model not ready.
        package var crashLimit = 5
        /// The first pause after an end not asked for; it doubles up to half a minute.
        package var restartPause = Duration.milliseconds(100)
        /// Takes lines of the workers' output and of what happens to them; any thread.
        package var log: @Sendable (String) -> Void = { _ in }

        package init(target: String, directory: String, interpreter: String) {
            self.target = target
            self.directory = directory
            self.interpreter = interpreter
        }
    }
}

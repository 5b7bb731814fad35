import Git

extension Project {
    /// Installs the merge driver and the Git hooks, these by way of the pre-commit tool when asked for. Without Git
    /// nothing is done, and false returned.
    package func install(_ program: HookProgram, shell: String, usesPreCommitTool: Bool) throws -> Bool {
        guard let git else { return false }
        try Hooks.installMergeDriver(program: program.rawValue, in: git)
        if program == .apus { try Hooks.installLockMergeDriver(program: program.rawValue, in: git) }
        if usesPreCommitTool {
            try PreCommitConfiguration(in: git).addHooks(calling: program)
        } else {
            try Hooks.install(program: program.rawValue, shell: shell, in: git)
        }
        return true
    }
}

/// An option that a section may have.
package struct ConfigurationOption: Hashable, Sendable {
    package let type: OptionType
    /// What holds when no file sets it.
    package let defaultValue: String?
    /// Whether DVC still reads it but no longer heeds it.
    package let isObsolete: Bool
    /// Whether the value must never be shown.
    package let isSecret: Bool
}

/// The sections and options DVC knows.
package enum ConfigurationSchema {
    /// The plain sections in the order DVC makes them.
    package static let sections = [
        "core", "cache", "state", "index", "feature", "plots", "exp", "parsing", "hydra", "studio",
    ]

    /// The option of a plain section; nil when there is none of this name.
    package static func option(_ key: String, in section: String) -> ConfigurationOption? {
        plain[section]?[key]
    }

    /// The options of a remote by the scheme of its URL ("" for a path); nil for an unknown scheme.
    package static func options(forScheme scheme: String) -> [String: ConfigurationOption]? {
        scheme == "remote" ? anyRemote : remotes[scheme]
    }

    /// The options of a section that describes a machine or a database.
    static func options(of kind: SectionName.Kind) -> [String: ConfigurationOption] {
        kind == .machine ? machine : database
    }

    /// Whether the value of an option must never be shown, whatever section it is in.
    package static func isSecret(_ key: String) -> Bool { secrets.contains(key) }

    /// The options that hold paths, which files write relative to their own directory.
    package static func isPath(_ key: String, in section: SectionName) -> Bool {
        switch section.kind {
        case .plain: section.name == "cache" && key == "dir"
        case .remote: remotePaths.contains(key)
        case .machine: key == "startup_script" || key == "setup_script"
        case .database: false
        }
    }

    /// Every option of the plain sections that is still heeded, as `section.option`, for shell completion.
    package static var names: [String] {
        sections.filter { $0 != "feature" }.flatMap { section in
            (plain[section] ?? [:]).filter { !$0.value.isObsolete }.keys.sorted().map { "\(section).\($0)" }
        }
    }

    private static let remotePaths: Set<String> = [
        "url", "gdrive_user_credentials_file", "gdrive_service_account_json_file_path", "credentialpath", "configpath",
        "keyfile", "cert_path", "key_path",
    ]

    private static let secrets: Set<String> = [
        "password", "passphrase", "secret_access_key", "session_token", "token", "sas_token", "account_key",
        "connection_string", "client_secret", "gdrive_client_secret", "oss_key_secret", "sse_customer_key",
    ]

    static func option(
        _ key: String,
        _ type: OptionType,
        default value: String? = nil,
        obsolete: Bool = false
    )
        -> ConfigurationOption
    {
        ConfigurationOption(type: type, defaultValue: value, isObsolete: obsolete, isSecret: secrets.contains(key))
    }
}

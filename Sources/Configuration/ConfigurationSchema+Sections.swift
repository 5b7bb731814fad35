extension ConfigurationSchema {
    typealias Table = [String: ConfigurationOption]

    static let positive = OptionType.integer(1...Int.max)
    static let anyInteger = OptionType.integer(Int.min...Int.max)

    /// Options of the same type, separated by spaces; `name=value` gives a default.
    static func table(_ type: OptionType, _ names: String, obsolete: Bool = false) -> Table {
        var table: Table = [:]
        for word in names.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            table[parts[0]] = option(parts[0], type, default: parts.count > 1 ? parts[1] : nil, obsolete: obsolete)
        }
        return table
    }

    static func joined(_ tables: Table...) -> Table {
        tables.reduce(into: [:]) { $0.merge($1) { _, new in new } }
    }

    static let linking = joined(
        table(.linkTypes, "type"),
        table(.flag, "protected=false", obsolete: true),
        table(.choice(["group"]), "shared"),
        table(.flag, "slow_link_warning=true verify=false")
    )

    static let plain: [String: Table] = [
        "core": joined(
            table(.name, "remote machine"),
            table(positive, "checksum_jobs"),
            table(.flag, "interactive=false analytics=true hardlink_lock=false no_scm=false autostage=false"),
            table(.flag, "check_update=true"),
            table(.flag, "experiments", obsolete: true),
            table(.text, "site_cache_dir")
        ),
        "cache": joined(
            table(.text, "local s3 gs hdfs webhdfs ssh azure", obsolete: true),
            table(.text, "dir"),
            linking
        ),
        "state": joined(
            table(.text, "dir", obsolete: true),
            table(positive, "row_limit", obsolete: true),
            table(.integer(0...100), "row_cleanup_quota", obsolete: true)
        ),
        "index": table(.text, "dir", obsolete: true),
        "feature": table(.flag, "machine=false"),
        "plots": joined(table(.text, "html_template out_dir"), table(.flag, "auto_open=false")),
        "exp": joined(
            table(.text, "code data models metrics params plots live", obsolete: true),
            table(.flag, "auto_push"),
            table(.text, "git_remote")
        ),
        "parsing": joined(
            table(.choice(["store_true", "boolean_optional"]), "bool"),
            table(.choice(["nargs", "append"]), "list")
        ),
        "hydra": joined(
            table(.flag, "enabled=false"),
            table(.text, "config_dir config_module config_name plugins_path")
        ),
        "studio": joined(table(.text, "token url repo_url"), table(.flag, "offline=false")),
    ]

    static let machine = joined(
        table(.choice(["aws", "azure"]), "cloud"),
        table(.choice(["us-west", "us-east", "eu-west", "eu-north"]), "region"),
        table(.text, "image ssh_private startup_script setup_script"),
        table(.name, "instance_type instance_gpu"),
        table(.flag, "spot"),
        table(.number(minimum: -.infinity), "spot_price"),
        table(anyInteger, "instance_hdd_size")
    )

    static let database = table(.text, "url username password")
}

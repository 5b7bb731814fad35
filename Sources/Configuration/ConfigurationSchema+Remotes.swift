extension ConfigurationSchema {
    private static let common = joined(
        table(.text, "url"),
        table(positive, "checksum_jobs jobs"),
        table(.flag, "worktree version_aware"),
        table(.flag, "no_traverse", obsolete: true)
    )

    private static let http = joined(
        common,
        table(.choice(["basic", "digest", "custom"]), "auth"),
        table(.text, "custom_auth_header user password method"),
        table(.flag, "ask_password verify=false"),
        table(.flagOrText, "ssl_verify"),
        table(.number(minimum: 0), "connect_timeout read_timeout")
    )

    private static let webdav = joined(
        common,
        table(.text, "user password token bearer_token_command custom_auth_header cert_path key_path"),
        table(.flag, "ask_password verify=false"),
        table(.flagOrText, "ssl_verify"),
        table(anyInteger, "timeout")
    )

    private static let s3 = joined(
        common,
        table(.text, "region profile credentialpath configpath endpointurl access_key_id secret_access_key"),
        table(.text, "session_token sse sse_kms_key_id sse_customer_algorithm sse_customer_key acl"),
        table(.text, "grant_read grant_read_acp grant_write_acp grant_full_control"),
        table(.flag, "listobjects=false", obsolete: true),
        table(.flag, "use_ssl=true allow_anonymous_login=false cache_regions verify=false"),
        table(.flagOrText, "ssl_verify"),
        table(anyInteger, "read_timeout connect_timeout")
    )

    private static let azure = joined(
        common,
        table(.text, "connection_string sas_token account_name account_key tenant_id client_id client_secret"),
        table(.flag, "allow_anonymous_login exclude_environment_credential exclude_visual_studio_code_credential"),
        table(.flag, "exclude_shared_token_cache_credential exclude_managed_identity_credential verify=false"),
        table(anyInteger, "timeout read_timeout connection_timeout")
    )

    private static let ssh = joined(
        common,
        table(.linkTypes, "type"),
        table(anyInteger, "port timeout max_sessions"),
        table(.text, "user password passphrase keyfile"),
        table(.flag, "ask_password ask_passphrase gss_auth allow_agent verify=false")
    )

    static let remotes: [String: Table] = [
        "": joined(linking, common),
        "s3": s3,
        "gs": joined(
            common,
            table(.text, "projectname credentialpath endpointurl"),
            table(.flag, "verify=false allow_anonymous_login=false")
        ),
        "ssh": ssh,
        "hdfs": joined(common, table(.text, "user kerb_ticket"), table(anyInteger, "replication")),
        "webhdfs": joined(
            common,
            table(.flag, "kerberos use_https verify=false"),
            table(.text, "kerberos_principal proxy_to token user password data_proxy_target"),
            table(.flagOrText, "ssl_verify")
        ),
        "azure": azure,
        "oss": joined(common, table(.text, "oss_key_id oss_key_secret oss_endpoint"), table(.flag, "verify=true")),
        "gdrive": joined(
            common,
            table(.text, "profile gdrive_client_id gdrive_client_secret gdrive_user_credentials_file"),
            table(.text, "gdrive_service_account_user_email gdrive_service_account_json_file_path"),
            table(
                .flag,
                "gdrive_use_service_account gdrive_trash_only=false gdrive_acknowledge_abuse=false verify=true"
            )
        ),
        "http": http,
        "https": http,
        "webdav": webdav,
        "webdavs": webdav,
    ]

    /// A remote that refers to another may have any option of any scheme.
    static let anyRemote: Table = remotes.values.reduce(into: [:]) { $0.merge($1) { old, _ in old } }
}

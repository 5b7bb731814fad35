import Testing

@testable import Configuration

struct ConfigurationTests {
    private func configuration(
        project: String,
        local: String = "",
        global: String = ""
    ) throws(ConfigurationError) -> Configuration {
        let texts: [(Configuration.Level, String, String)] = [
            (.global, global, "/g/config"), (.project, project, "/p/.dvc/config"),
            (.local, local, "/p/.dvc/config.local"),
        ]
        var files: [Configuration.Level: ConfigurationFile] = [:]
        for (level, text, path) in texts {
            files[level] = try ConfigurationFile(parsing: Array(text.utf8), path: path)
        }
        return try Configuration(files: files, home: "/home/me")
    }

    /// Faults that DVC finds, in its words.
    @Test(arguments: [
        ("[core]\nfoo = 1", "extra keys not allowed @ data['core']['foo']", 2),
        ("[core]\nanalytics = maybe", "expected true or false for dictionary value @ data['core']['analytics']", 2),
        ("[foo]\na = 1", "extra keys not allowed @ data['foo']", 2),
        ("top = 1", "extra keys not allowed @ data['top']", 1),
        ("[remote \"x\"]\nuser = me", "expected 'url' for dictionary value @ data['remote']['x']", 2),
        (
            "[remote \"x\"]\nurl = foo://bar/x",
            "Unsupported URL type foo:// for dictionary value @ data['remote']['x']", 2
        ),
        ("[remote \"x\"]\nurl = s3://b/x\nnope = 1", "extra keys not allowed @ data['remote']['x']['nope']", 3),
        (
            "[remote \"x\"]\nurl = s3://b/x\njobs = 0",
            "value must be at least 1 for dictionary value @ data['remote']['x']['jobs']", 3
        ),
        (
            "[remote \"x\"]\nurl = ssh://h/x\nport = two",
            "expected int for dictionary value @ data['remote']['x']['port']", 3
        ),
        (
            "[cache]\ntype = hardlik, copy",
            "Unsupported cache type(s): hardlik for dictionary value @ data['cache']['type']", 2
        ),
        ("[cache]\nshared = all", "expected one of group for dictionary value @ data['cache']['shared']", 2),
        (
            "[remote \"x\"]\nurl = https://h/x\nconnect_timeout = -1",
            "value must be at least 0 for dictionary value @ data['remote']['x']['connect_timeout']", 3
        ),
        ("[core]\nchecksum_jobs = 1.5", "expected int for dictionary value @ data['core']['checksum_jobs']", 2),
        (
            "[hydra]\nconfig_dir = a\nconfig_module = b",
            "two or more values in the same group of exclusion 'config_source' @ data['hydra'][<config_source>]", 3
        ),
        ("[core]\n[[sub]]\nx = 1", "extra keys not allowed @ data['core']['sub']", 2),
        ("[core]\nremote = %(nope)s", "missing option \"nope\" in interpolation.", 2),
    ])
    func faultsAreInDVCsWords(text: String, message: String, line: Int) throws {
        let problem = ConfigurationError.Problem(path: "/p/.dvc/config", line: line, message: message)
        let error = #expect(throws: ConfigurationError.self) { try configuration(project: text).validate() }
        #expect(error?.description == problem.description)
    }

    @Test(arguments: [
        ("[core]\nremot = x", "did you mean 'remote'?"), ("[cor]\na = 1", "did you mean 'core'?"),
        ("[remote \"x\"]\nulr = s3://b", nil), ("[remote \"x\"]\nurl = s3://b\nregon = y", "did you mean 'region'?"),
    ])
    func misspelledSettingsAreRecognised(text: String, hint: String?) {
        let error = #expect(throws: ConfigurationError.self) { try configuration(project: text).validate() }
        #expect(hint == nil || error?.hint == hint)
    }

    @Test func strongerLevelsWinAndPathsStartAtTheirFile() throws {
        let merged = try configuration(
            project: "[core]\nremote = Store\n['remote \"store\"']\nurl = ../data\n",
            local: "['remote \"store\"']\nverify = true\n[cache]\ntype = reflink, copy\ndir = ../../c\n",
            global: "[core]\nremote = other\nanalytics = false\n"
        )
        try merged.validate()
        #expect(merged.defaultRemoteName == "store")
        #expect(merged.string("cache", "dir") == "/c")
        #expect(merged.list("cache", "type") == ["reflink", "copy"])
        #expect(!merged.bool("core", "analytics"))
        #expect(merged.bool("core", "check_update"))
        let remote = try merged.remote("STORE")
        #expect(remote.url == "/p/data")
        #expect(remote.bool("verify"))
        #expect(remote.bool("slow_link_warning"))
        let origin = merged.setting("verify", in: .remote("store"))
        #expect(origin?.level == .local)
        #expect(origin?.line == 2)
    }

    @Test(arguments: [
        ("~/c", "/home/me/c"), ("~", "/home/me"), ("~you/c", "/p/.dvc/~you/c"), ("c", "/p/.dvc/c"), ("/c/", "/c/"),
        ("s3://b/../x", "s3://b/../x"), ("s-3://b", "/p/.dvc/s-3:/b"),
    ])
    func pathsAreResolvedAndURLsAreNot(value: String, expected: String) throws {
        #expect(try configuration(project: "[cache]\ndir = \(value)").string("cache", "dir") == expected)
    }

    @Test func remotesReferToEachOther() throws {
        let merged = try configuration(
            project: """
                [remote "a"]
                url = ssh://h/base
                user = root
                port = 22
                [remote "b"]
                url = remote://a/sub/dir
                user = me
                [remote "c"]
                url = remote://c/x
                """
        )
        let remote = try merged.remote("b")
        #expect(remote.url == "ssh://h/base/sub/dir")
        #expect(remote.string("user") == "me")
        #expect(remote.integer("port") == 22)
        #expect(try merged.remote(referredToBy: "remote://b/f.txt")?.url == "ssh://h/base/sub/dir/f.txt")
        #expect(try merged.remote(referredToBy: "s3://b/f.txt") == nil)
        #expect(throws: ConfigurationError.circularRemote("c")) { try merged.remote("c") }
        #expect(throws: ConfigurationError.remoteNotFound("nope")) { try merged.remote("nope") }
    }

    @Test func interpolationFillsInAndEnds() throws {
        let merged = try configuration(project: "[studio]\nurl = https://%(repo_url)s/%x%\nrepo_url = h\n")
        #expect(merged.string("studio", "url") == "https://h/%x%")
        #expect(throws: ConfigurationError.self) { try configuration(project: "[studio]\nurl = %(url)s") }
        let keys = (0..<9).map { "k\($0) = " + String(repeating: "%(k\($0 + 1))s", count: 20) + "\n" }.joined()
        #expect(throws: ConfigurationError.self) { try configuration(project: "[studio]\n\(keys)k9 = xxxxxxxx\n") }
    }

    @Test func valuesOfThisRunComeFirst() throws {
        var merged = try configuration(project: "[core]\nremote = a\n")
        merged.override("remote", in: SectionName("core"), with: "b", origin: "--remote")
        #expect(merged.defaultRemoteName == "b")
        try merged.set("autostage", in: SectionName("core"), to: "true", workingDirectory: "/p")
        #expect(merged.defaultRemoteName == "b")
        #expect(merged.files[.project]?.text == "[core]\nremote = a\nautostage = true\n")
    }

    @Test func secretsAreKnown() {
        #expect(ConfigurationSchema.isSecret("secret_access_key"))
        #expect(!ConfigurationSchema.isSecret("region"))
        #expect(ConfigurationSchema.names.contains("core.autostage"))
        #expect(!ConfigurationSchema.names.contains("core.experiments"))
    }
}

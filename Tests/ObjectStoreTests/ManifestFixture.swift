/// A directory with difficult names, and the object that DVC 3.67.1 wrote for it with `dvc add`.
enum ManifestFixture {
    /// Contents by path. `lnk` was a symbolic link to `a.txt`; links to directories and empty directories left no trace.
    static let files: [String: String] = [
        "é.txt": "1", "😀.txt": "2", "a/x": "3", "a-b/x": "4", "a.txt": "5", "A": "6", "q\"uo\\te": "7",
        "tab\tnl\n": "8",
        "del\u{7f}": "9", "ctl\u{1}": "10", "\u{fffd}.x": "11", "\u{fb00}": "12", "Z/ü": "13", "lnk": "5",
        "run.sh": "exe", "zero": "",
    ]

    static let id = "6d58c5067efc16fe3cafe1c7539a2762.dir"

    static let manifest = #"""
        [{"md5": "1679091c5a880faf6fb5e6087eb1b2dc", "relpath": "A"}, \#
        {"md5": "c51ce410c124a10e0db5e4b97fc2af39", "relpath": "Z/\u00fc"}, \#
        {"md5": "a87ff679a2f3e71d9181a67b7542122c", "relpath": "a-b/x"}, \#
        {"md5": "e4da3b7fbbce2345d7772b0674a318d5", "relpath": "a.txt"}, \#
        {"md5": "eccbc87e4b5ce2fe28308fd9f2a7baf3", "relpath": "a/x"}, \#
        {"md5": "d3d9446802a44259755d38e6d163e820", "relpath": "ctl\u0001"}, \#
        {"md5": "45c48cce2e2d7fbdea1afc51c7c6ad26", "relpath": "del\u007f"}, \#
        {"md5": "e4da3b7fbbce2345d7772b0674a318d5", "relpath": "lnk"}, \#
        {"md5": "8f14e45fceea167a5a36dedd4bea2543", "relpath": "q\"uo\\te"}, \#
        {"md5": "98e83379d45538379c2ac4e47c3be81d", "relpath": "run.sh"}, \#
        {"md5": "c9f0f895fb98ab9159f51fd0297e236d", "relpath": "tab\tnl\n"}, \#
        {"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "zero"}, \#
        {"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "\u00e9.txt"}, \#
        {"md5": "c20ad4d76fe97759aa27a0c99bff6710", "relpath": "\ufb00"}, \#
        {"md5": "6512bd43d9caa6e02c990b0a82652dca", "relpath": "\ufffd.x"}, \#
        {"md5": "c81e728d9d4c2f636f067f89cc14862c", "relpath": "\ud83d\ude00.txt"}]
        """#
}

import Basics
import Testing

@Suite struct SpellingTests {
    private let commands = ["add", "checkout", "config", "dag", "diff", "du", "mv", "repro", "status", "stage"]

    @Test(arguments: [
        ("repo", "repro"), ("checkot", "checkout"), ("dif", "diff"), ("ad", "add"), ("stauts", "status"),
        ("dga", "dag"), ("stat", "status"), ("aadd", "add"), ("confg", "config"),
    ])
    func theNearestWordIsFound(word: String, expected: String) {
        #expect(Spelling.nearest(word, among: commands) == expected)
    }

    @Test(arguments: ["xyz", "", "exp", "a", "ddif", "reproduce", "statistics"])
    func whatIsFarFromAllIsLeftAlone(word: String) {
        #expect(Spelling.nearest(word, among: ["add", "config", "repro", "status"]) == nil)
    }

    @Test func longWordsTakeNoTime() {
        let long = String(repeating: "a", count: 100_000)
        #expect(Spelling.nearest(long, among: [long + "b"]) == long + "b")
        #expect(Spelling.nearest("train", among: []) == nil)
    }
}

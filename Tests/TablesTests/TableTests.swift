import Foundation
import Testing

@testable import Tables

/// A table as the `tabulate` package of Python writes it with DVC's options.
struct TableFixture: Decodable, CustomTestStringConvertible {
    var name: String
    var headers: [String]
    var rows: [[String]]
    var right: Bool
    var keep: Bool
    var style: String
    var text: String

    var testDescription: String { "\(name), \(style)" }

    var table: Table {
        Table(headers: headers, rows: rows, alignments: right ? [.right] : [], keepsBlanks: keep)
    }

    static let all: [TableFixture] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/tables.json")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([TableFixture].self, from: data)) ?? []
    }()
}

@Suite struct TableTests {
    @Test func fixturesAreRead() {
        #expect(TableFixture.all.count == 24)
    }

    @Test(arguments: TableFixture.all)
    func textIsWhatTabulateWrites(_ fixture: TableFixture) {
        #expect(fixture.table.text(fixture.style == "plain" ? .plain : .markdown) == fixture.text)
    }

    @Test func plainTableWithoutRowsIsNothing() {
        #expect(Table(headers: ["a"], rows: []).text(.plain).isEmpty)
    }

    @Test func shortRowsAreFilledUp() {
        let table = Table(headers: ["a", "b"], rows: [["1"], ["2", "3"]])
        #expect(table.text(.plain) == "a    b\n1    -\n2    3\n")
    }

    @Test func headersAreForTheLastColumns() {
        #expect(Table(headers: ["h"], rows: [["1", "2"]]).text(.plain) == "    h\n1   2\n")
    }
}

@Suite struct CellWidthTests {
    @Test(arguments: [
        ("plain", 5), ("日本", 4), ("e\u{301}", 1), ("\u{1F600}", 2), ("\u{2764}\u{FE0F}", 2), ("\u{2764}", 1),
        ("\u{1F1E8}\u{1F1ED}", 2), ("\u{1F1E8}\u{1F1ED}\u{1F1E8}", 4), ("\u{1F44D}\u{1F3FD}", 2), ("a\tb", -1),
        ("\u{1B}[31mred\u{1B}[0m", 3), ("\u{1B}x", -1), ("\u{200B}", 0), ("", 0),
    ])
    func widthIsInTerminalCells(text: String, cells: Int) {
        #expect(CellWidth.of(text) == cells)
    }
}

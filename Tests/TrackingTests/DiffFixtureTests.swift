import OrderedCollections
import Tables
import Testing
import Tracking
import Values

/// A comparison of parameters or metrics and what DVC makes of it.
struct DiffFixture: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var old: FixtureValue
    var new: FixtureValue
    var all: Bool
    var names: [String]
    var precision: Int?
    var text: String
    var md: String
    var noPath: String
    var json: FixtureValue

    var testDescription: String { name }

    static let parameters: [DiffFixture] = fixtures("params")
    static let metrics: [DiffFixture] = fixtures("metrics")
}

/// What `metrics show` makes of some revisions.
struct ShowFixture: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var revisions: [Revision]
    var many: Bool
    var precision: Int
    var text: String
    var md: String
    var json: FixtureValue

    var testDescription: String { name }

    struct Revision: Decodable {
        var name: String
        var files: TrackedFiles

        private struct File: Decodable {
            var path: String
            var value: FixtureValue

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                path = try parts.decode(String.self)
                value = try parts.decode(FixtureValue.self)
            }
        }

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            name = try parts.decode(String.self)
            files = TrackedFiles()
            for file in try parts.decode([File].self) {
                files.contents[file.path] = file.value.failure.map { .failure($0) } ?? .value(file.value.value)
            }
        }
    }

    static let all: [ShowFixture] = fixtures("show")
}

@Suite struct DiffFixtureTests {
    @Test func fixturesAreRead() {
        #expect(DiffFixture.parameters.count == 81)
        #expect(DiffFixture.metrics.count == 53)
        #expect(ShowFixture.all.count == 8)
    }

    @Test(arguments: DiffFixture.parameters)
    func parametersDifferAsInDVC(_ fixture: DiffFixture) {
        let diff = RevisionDiff(
            of: .parameters,
            old: fixture.old.files,
            new: fixture.new.files,
            oldName: fixture.names[0],
            newName: fixture.names[1],
            all: fixture.all
        )
        #expect(diff.table().text(.plain) == fixture.text)
        #expect(diff.table().text(.markdown) == fixture.md)
        #expect(diff.table(showsPath: false).text(.plain) == fixture.noPath)
        #expect("\(diff.json)" == "\(fixture.json.value)")
    }

    @Test(arguments: DiffFixture.metrics)
    func metricsDifferAsInDVC(_ fixture: DiffFixture) {
        let diff = RevisionDiff(
            of: .metrics,
            old: fixture.old.files,
            new: fixture.new.files,
            oldName: fixture.names[0],
            newName: fixture.names[1],
            all: fixture.all
        )
        let precision = fixture.precision ?? 5
        #expect(diff.table(precision: precision).text(.plain) == fixture.text)
        #expect(diff.table(precision: precision).text(.markdown) == fixture.md)
        #expect(diff.table(showsPath: false, precision: precision).text(.plain) == fixture.noPath)
        #expect("\(diff.json)" == "\(fixture.json.value)")
    }

    @Test(arguments: ShowFixture.all)
    func metricsShowAsInDVC(_ fixture: ShowFixture) {
        let revisions = fixture.revisions.map { ($0.name, $0.files) }
        let show = MetricsShow(OrderedDictionary(uniqueKeysWithValues: revisions))
        let table = show.table(showsRevisions: fixture.many, precision: fixture.precision)
        #expect(table.text(.plain) == fixture.text)
        #expect(table.text(.markdown) == fixture.md)
        #expect("\(show.json)" == "\(fixture.json.value)")
    }
}

import Digests
import Foundation
import Inference
import OrderedCollections
import Serving
import Testing
import Values

@Suite struct PageTests {
    @Test func thePageNeedsNobodyElse() throws {
        try withServer { (port: Int) throws in
            let answer = try get(port, "/", headers: ["accept: text/html,*/*;q=0.8"])
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.body.count < 25_000)
            // A name space and this server are all that is named.
            let names = answer.text.matches(of: /https?:\/\/[a-z0-9.]+/).map { String($0.output) }
            #expect(Set(names).isSubset(of: ["http://www.w3.org"]))
        }
    }

    @Test func onlyThePagesOwnScriptAndStyleMayRun() throws {
        try withServer { (port: Int) throws in
            let answer = try get(port, "/", headers: ["accept: text/html,*/*;q=0.8"])
            let policy = try #require(answer.headers["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'; "))
            #expect(!policy.contains("unsafe"))
            for element in ["script", "style"] {
                let content = try #require(
                    answer.text.components(separatedBy: "<\(element)>").last?.components(separatedBy: "</\(element)>")
                        .first
                )
                var hasher = SHA256()
                hasher.update(Array(content.utf8))
                let checksum = Data(hasher.finalize()).base64EncodedString()
                #expect(policy.contains("\(element)-src 'sha256-\(checksum)'"))
            }
        }
    }

    @Test func thePageIsOpenAndWhatItAsksForIsNot() throws {
        try withServer(SumModel(), settings(\.keys, ["one"])) { (port: Int) throws in
            #expect(try get(port, "/", headers: ["accept: text/html,*/*;q=0.8"]).status == 200)
            #expect(try get(port, "/openapi.json").status == 401)
        }
    }

    @Test func programsAreToldThatTheServerLives() throws {
        try withServer { (port: Int) throws in
            let answer = try get(port, "/", headers: ["accept: */*"])
            #expect(answer.status == 200)
            #expect(answer.text == #"{"status": "alive"}"#)
        }
    }

    @Test func imagesAndRowsAreDescribed() throws {
        var image = ServiceForm(inputs: [InputTransform(name: "photo", kind: .image(ImageTransform()))])
        image.output = OutputTransform()
        let columns = ColumnTransform(
            columns: [.init(name: "age", type: .float32), .init(name: "city", type: .string)],
            isTogether: false
        )
        let rows = ServiceForm(inputs: [InputTransform(name: "rows", kind: .columns(columns))])
        let services = [
            Service(name: "image", model: SumModel(), form: image),
            Service(name: "rows", model: SumModel(), form: rows),
        ]
        try withServer(services: services) { (port: Int) throws in
            let paths = try Value(json: try get(port, "/openapi.json").body)["paths"]
            let bodies = paths?["/image/predict"]?["post"]?["requestBody"]?["content"]
            let part = bodies?["multipart/form-data"]?["schema"]?["properties"]?["photo"]
            #expect(part?["format"] == .string("binary"))
            #expect(part?["contentMediaType"] == .string("image/*"))
            let text = bodies?["application/json"]?["schema"]?["properties"]?["photo"]
            #expect(text?["contentEncoding"] == .string("base64"))
            let row = paths?["/rows/predict"]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]?[
                "oneOf"
            ]?
            .list?.first?["properties"]
            #expect(row?["age"] == .map(["type": .string("number")]))
            #expect(row?["city"] == .map(["type": .string("string")]))
        }
    }
}

import Basics
import Inference
import Synchronization
import Testing

@testable import Serving

/// Other services take the place of those that are served.
@Suite struct AdoptionTests {
    @Test func noRequestIsLostWhileServicesChange() throws {
        let server = try Server(
            settings(\.threads, 2),
            ServiceTable([Service(name: "sum", model: SumModel(delay: 500))])
        )
        let port = try server.start()
        defer { try? server.stop(within: .milliseconds(200)) }
        let isOver = Atomic<Bool>(false)
        let failures = Mutex<[String]>([])
        let count = Atomic<Int>(0)
        let threads = (0..<4).compactMap { _ in
            Workers.spawnThread {
                do {
                    let connection = try RawConnection(port: port)
                    while !isOver.load(ordering: .relaxed) {
                        connection.post("/predict", "[[1,2,3]]")
                        let answer = try connection.answer()
                        count.add(1, ordering: .relaxed)
                        if answer.status != 200 { failures.withLock { $0.append(answer.text) } }
                    }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        var old = Service(name: "sum", model: SumModel(delay: 500))
        try server.adopt(ServiceTable([old]))
        for version in 2..<40 {
            let service = Service(name: "sum", version: "\(version)", model: SumModel(delay: 500))
            service.succeed(old)
            try server.adopt(ServiceTable([service]))
            old.retire(within: .seconds(20))
            old = service
        }
        isOver.store(true, ordering: .relaxed)
        for thread in threads { Workers.join(thread) }
        #expect(failures.withLock { $0 } == [])
        #expect(count.load(ordering: .relaxed) > 0)
        #expect(try get(port, "/v2/models/sum").text.contains(#""versions": ["39"]"#))
        #expect(try get(port, "/metrics").text.contains(#"apus_model_reloads_total{service="sum",result="done"} 38"#))
    }

    @Test func namesComeAndGo() throws {
        let (one, two) = (Service(name: "one", model: SumModel()), Service(name: "two", model: SumModel()))
        let server = try Server(settings(\.port, 0), ServiceTable([one]))
        let port = try server.start()
        defer { try? server.stop(within: .milliseconds(200)) }
        #expect(try post(port, "/two/predict", "[[1,2,3]]").status == 404)
        try server.adopt(ServiceTable([two]))
        one.retire(within: .seconds(20))
        #expect(try post(port, "/two/predict", "[[1,2,3]]").status == 200)
        #expect(try post(port, "/predict", "[[1,2,3]]").status == 200)
        #expect(try post(port, "/one/predict", "[[1,2,3]]").text.contains("there is: two"))
        let metrics = try get(port, "/metrics").text
        #expect(metrics.contains(#"route="/{service}/predict",service="two",code="200"} 1"#))
        #expect(metrics.contains(#"apus_queue_depth{service="two"} 0"#) && !metrics.contains(#"depth{service="one"}"#))
    }
}

import Basics
import Glibc
import Values

extension PythonModel {
    package func call(
        _ method: String,
        _ arguments: CallArguments,
        deadline: Deadline?
    ) throws(InferenceError) -> CallAnswer {
        guard description[method] != nil else {
            let names = methods.map(\.name).joined(separator: ", ")
            throw .notFound("the model has no method '\(method)', only \(names)")
        }
        let reply = try exchange(WorkerFrame(method, arguments), deadline: deadline)
        if let error = reply.header["error"]?.string { return try Self.refused(reply.status, error) }
        guard let type = reply.header["type"]?.string, reply.sizes.count == 1 else { throw Self.hidden }
        return CallAnswer(status: reply.status, contentType: type, body: Array(reply.bytes(0)))
    }

    /// Sends a request to a free worker and waits for the answer, which is not that of a failed method.
    func exchange(_ frame: WorkerFrame, deadline: Deadline?) throws(InferenceError) -> WorkerReply {
        var link = try pool.take(deadline: deadline)
        var attempts = 1
        let reply: WorkerReply
        while true {
            if let deadline, deadline.hasPassed {
                pool.giveBack(link)
                throw .timeout
            }
            do {
                reply = try run(frame, on: link, deadline: deadline)
                break
            } catch {
                guard error == .notStarted, attempts <= concurrency else { throw failure(error, on: link) }
                // It ended while it was idle, maybe with others: the request may go to another worker.
                attempts += 1
                link = try pool.take(deadline: deadline)
            }
        }
        if reply.header["full"]?.bool == true { link.retire(.memoryLimit) } else { pool.giveBack(link) }
        if reply.status == 500, reply.header["error"] == nil { throw Self.hidden }
        return reply
    }

    private func run(
        _ frame: WorkerFrame,
        on link: WorkerLink,
        deadline: Deadline?
    ) throws(WorkerLink.Fault) -> WorkerReply {
        let limit = ContinuousClock.now + settings.timeLimit
        var stage = limit
        do {
            try link.send(frame, until: limit)
            if let deadline, deadline.instant < limit {
                stage = deadline.instant
                try link.await(until: stage)
                stage = limit
            }
            return try link.receive(until: limit)
        } catch {
            guard error == .late else { throw error }
            if stage == limit { link.kill(.timeLimit) } else { leave(link, until: limit) }
            throw .late
        }
    }

    /// Lets the worker finish while nobody waits for its answer any more.
    private func leave(_ link: WorkerLink, until limit: ContinuousClock.Instant) {
        let thread = Workers.spawnThread { [pool] in
            guard (try? link.receive(until: limit)) != nil else { return link.kill(.timeLimit) }
            pool.giveBack(link)
        }
        if let thread { pthread_detach(thread) } else { link.kill(.timeLimit) }
    }

    private func failure(_ fault: WorkerLink.Fault, on link: WorkerLink) -> InferenceError {
        if fault == .late { return .timeout }
        if link.reason == .timeLimit { return .timeout }
        // One that sent what is no answer is still there.
        if link.ending(within: .seconds(1)) == nil { link.kill(nil) }
        let words = link.ending(within: .seconds(1))?.words ?? "no answer"
        return .failed("the model's worker ended (\(words))")
    }

    /// What a caller is told of a failure whose particulars are in the log only.
    static var hidden: InferenceError { .failed("the model failed; see the server's log") }

    /// An error that the user's code, or the adapter before it, means for the caller.
    private static func refused(_ status: Int, _ message: String) throws(InferenceError) -> CallAnswer {
        if status == 400 { throw .invalidInput(message) }
        let body = "{\"error\": \(WorkerFrame.quoted(message))}"
        return CallAnswer(status: status, contentType: "application/json", body: Array(body.utf8))
    }
}

extension WorkerReply {
    var status: Int { header["status"]?.int ?? 500 }
}

extension WorkerFrame {
    fileprivate init(_ method: String, _ arguments: CallArguments) {
        let start = "{\"method\": \(Self.quoted(method))"
        switch arguments.form {
        case .json(let body):
            self.init(header: start + "}", buffers: [.bytes(body)])
        case .parts(let parts):
            let list = parts.enumerated().map { index, part in
                let type = Self.quoted(part.contentType ?? "")
                return "{\"name\": \(Self.quoted(part.name)), \"type\": \(type), \"buffer\": \(index)}"
            }
            let header = "\(start), \"parts\": [\(list.joined(separator: ", "))]}"
            self.init(header: header, buffers: parts.map { .bytes($0.bytes) })
        }
    }
}

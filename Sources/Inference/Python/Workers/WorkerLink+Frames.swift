import CProcess
import Glibc
import Values

extension WorkerLink {
    /// Why an exchange did not come to an answer.
    enum Fault: Error {
        /// The worker ended before it had read the request.
        case notStarted
        /// The worker ended, or sent what is no frame.
        case ended
        /// The time is over.
        case late
    }

    /// The longest message taken from a worker.
    private static let longest = 1 << 31
    /// Shared memory beyond this is given back after the call.
    private static let keptShared = 1 << 26

    /// Sends a request.
    func send(_ frame: WorkerFrame, until end: ContinuousClock.Instant) throws(Fault) {
        let size = frame.sharedSize
        var room: UnsafeMutableRawBufferPointer?
        if size > 0, try prepareRequests(size, until: end) { room = requests?.bytes }
        try write(frame.encoded(shared: room), until: end)
    }

    /// Waits for the first byte of an answer.
    func await(until end: ContinuousClock.Instant) throws(Fault) {
        try ready(POLLIN, until: end)
    }

    /// Receives an answer.
    func receive(until end: ContinuousClock.Instant) throws(Fault) -> WorkerReply {
        let prefix = try read(WorkerFrame.prefixSize, until: end)
        let headerSize = Int(prefix.bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
        let count = Int(prefix.bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let length = Int(clamping: prefix.bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        guard count <= 1 << 16, length <= Self.longest, count * 16 + headerSize <= length else { throw .ended }
        let rest = try read(length, until: end)
        let text = rest.bytes[(count * 16)..<(count * 16 + headerSize)]
        guard let header = try? Value(json: Array(text)) else { throw .ended }
        if header["held"]?.bool == true { isHeld = true }
        let buffers = try self.buffers(of: rest, count: count, from: count * 16 + WorkerFrame.padded(headerSize))
        trim()
        return WorkerReply(header: header, buffers: buffers.map(\.0), sizes: buffers.map(\.1))
    }

    /// Gives the worker memory for its large answers.
    func shareAnswers(until end: ContinuousClock.Instant) throws(Fault) {
        guard let memory = SharedMemory("answers", size: 0, canWrite: false) else { return }
        answers = memory
        try share(memory, as: "answers", until: end)
    }

    /// Memory for a request of `size` bytes that nobody else looks at; false when there is none to be had.
    private func prepareRequests(_ size: Int, until end: ContinuousClock.Instant) throws(Fault) -> Bool {
        if let requests, !isHeld, requests.bytes.count >= size { return true }
        let capacity = 1 << (Int.bitWidth - max(size, 1 << 20).leadingZeroBitCount)
        guard let memory = SharedMemory("requests", size: capacity, canWrite: true) else { return false }
        requests = memory
        isHeld = false
        try share(memory, as: "requests", until: end)
        return true
    }

    private func share(_ memory: SharedMemory, as name: String, until end: ContinuousClock.Instant) throws(Fault) {
        let frame = WorkerFrame(header: "{\"share\": \"\(name)\", \"size\": \(memory.bytes.count)}", buffers: [])
        try write(frame.encoded(shared: nil), until: end)
        while true {
            try ready(POLLOUT, until: end)
            let code = apus_send_descriptor(socket, memory.descriptor)
            if code == 0 { return }
            if code != EAGAIN { throw .notStarted }
        }
    }

    private func buffers(
        of frame: TensorMemory,
        count: Int,
        from start: Int
    ) throws(Fault) -> [(TensorMemory, Int)] {
        var position = start
        var result: [(TensorMemory, Int)] = []
        for index in 0..<count {
            let size = Int(clamping: frame.bytes.loadUnaligned(fromByteOffset: index * 16, as: UInt64.self))
            let offset = frame.bytes.loadUnaligned(fromByteOffset: index * 16 + 8, as: UInt64.self)
            if offset == WorkerFrame.inline {
                guard position <= frame.bytes.count, size <= frame.bytes.count - position else { throw .ended }
                let part = UnsafeMutableRawBufferPointer(rebasing: frame.bytes[position..<(position + size)])
                result.append((TensorMemory(borrowing: part) { withExtendedLifetime(frame) {} }, size))
                position += WorkerFrame.padded(size)
            } else {
                result.append((try copiedAnswer(Int(clamping: offset), size), size))
            }
        }
        return result
    }

    /// A copy of what the worker wrote to the shared memory, which is its own again with the next request.
    private func copiedAnswer(_ offset: Int, _ size: Int) throws(Fault) -> TensorMemory {
        guard let answers, answers.mapAll(), offset <= answers.bytes.count, size <= answers.bytes.count - offset else {
            throw .ended
        }
        let memory = TensorMemory(byteCount: size)
        memory.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: answers.bytes[offset..<(offset + size)]))
        return memory
    }

    /// Gives back what one huge call needed.
    private func trim() {
        if let requests, requests.bytes.count > Self.keptShared { self.requests = nil }
        guard let answers, answers.bytes.count > Self.keptShared else { return }
        try? shareAnswers(until: .now + .seconds(1))
    }

    private func write(_ bytes: [UInt8], until end: ContinuousClock.Instant) throws(Fault) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress?.advanced(by: offset), bytes.count - offset, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                offset += count
            } else if errno == EAGAIN {
                try ready(POLLOUT, until: end)
            } else if errno != EINTR {
                throw .notStarted
            }
        }
    }

    private func read(_ size: Int, until end: ContinuousClock.Instant) throws(Fault) -> TensorMemory {
        let memory = TensorMemory(byteCount: size)
        var offset = 0
        while offset < size {
            let count = recv(socket, memory.bytes.baseAddress?.advanced(by: offset), size - offset, 0)
            if count > 0 {
                offset += count
            } else if count == 0 {
                throw .ended
            } else if errno == EAGAIN {
                try ready(POLLIN, until: end)
            } else if errno == ECONNRESET {
                // The kernel's word for a peer that went with something unread.
                throw .notStarted
            } else if errno != EINTR {
                throw .ended
            }
        }
        return memory
    }

    private func ready(_ event: Int32, until end: ContinuousClock.Instant) throws(Fault) {
        var entry = pollfd(fd: socket, events: Int16(event), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: end).components
            if left.seconds < 0 || left.attoseconds < 0 { throw .late }
            let milliseconds =
                min(left.seconds, 1 << 20) * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            if poll(&entry, 1, Int32(clamping: milliseconds)) > 0 { return }
            // Nothing yet, or a signal came: the time is looked at again.
        }
    }
}

extension HTTPConnection {
    /// Takes bytes for the present request; false when all requests together have too many.
    func hold(_ count: Int) -> Bool {
        guard server.allowance.take(count) else { return false }
        held += count
        return true
    }

    /// Gives back what the request took, which is answered, refused or gone.
    func release() {
        if held == 0 { return }
        server.allowance.giveBack(held)
        held = 0
    }
}

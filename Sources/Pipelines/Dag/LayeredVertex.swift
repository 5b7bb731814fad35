/// A box of a layered drawing, or a bend of a line that passes through a layer.
struct LayeredVertex {
    let width: Double
    let isBend: Bool
    /// The layer, counted from the top.
    var rank: Int
    /// The place within the layer.
    var position = 0
    /// The place scaled to 0...1, by which a layer is sorted.
    var weight = 0.0
    /// The neighbours in the layer above.
    var above: [Int] = []
    /// The neighbours in the layer below.
    var below: [Int] = []

    func neighbours(_ direction: LayerDirection) -> [Int] {
        direction == .up ? above : below
    }
}

/// The side on which the neighbouring layer lies that decides an order or an alignment.
enum LayerDirection {
    case up, down
}

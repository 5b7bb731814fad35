import Values
import YAML

extension ImageTransform {
    private enum Orientation: String, CaseIterable {
        case none, exif
    }

    /// The sizes that images may be resized to.
    static let sizes = 1...16384

    /// Reads the fields that describe an image.
    init(_ fields: inout FieldReader, subject: String) {
        if let mode = fields.choice("mode", Mode.self) { self.mode = mode }
        readSize(&fields, subject)
        if let filter = fields.choice("filter", ResizeFilter.self) { self.filter = filter }
        if let fit = fields.choice("fit", FitMode.self) { self.fit = fit }
        if let padding = fields.integer("pad", in: 0...255) { self.padding = UInt8(padding) }
        if let orientation = fields.choice("orient", Orientation.self) { orients = orientation == .exif }
        if let inverts = fields.flag("invert") { self.inverts = inverts }
        if let isFast = fields.flag("fast") { self.isFast = isFast }
        if let layout = fields.choice("layout", PixelLayout.self) { self.layout = layout }
        if let limit = fields.integer("max-pixels", in: 1...(1 << 30)) { maximumPixels = limit }
        readLevels(&fields, subject)
        if layout.isGreyOnly, mode != .grey {
            fields.complain(nil, "the layout \(layout.rawValue) of '\(subject)' has no channels and needs `mode: L`")
        }
    }

    private mutating func readSize(_ fields: inout FieldReader, _ subject: String) {
        let range = "from \(Self.sizes.lowerBound) to \(Self.sizes.upperBound)"
        if let field = fields.field("resize") {
            shorterSide = field.value.int.flatMap { Self.sizes.contains($0) ? $0 : nil }
            size = shorterSide == nil ? Self.size(field) : nil
            if size == nil, shorterSide == nil {
                let forms = "[width, height] or the length of the shorter side"
                fields.complain(field, "'\(subject).resize' must be \(forms), whole numbers \(range)")
            }
        }
        guard let field = fields.field("crop") else { return }
        crop = Self.size(field)
        guard let crop else {
            fields.complain(field, "'\(subject).crop' must be [width, height], whole numbers \(range)")
            return
        }
        if max(crop.width, crop.height) > shorterSide ?? 0 {
            fields.complain(field, "'\(subject).crop' needs `resize` with a shorter side that is no smaller")
        }
    }

    private static func size(_ field: YAMLNode) -> Size? {
        let numbers = field.value.list?.compactMap(\.int) ?? []
        guard field.value.list?.count == 2, numbers.count == 2, numbers.allSatisfy(sizes.contains) else { return nil }
        return Size(width: numbers[0], height: numbers[1])
    }

    /// Reads what becomes of the levels 0 to 255.
    private mutating func readLevels(_ fields: inout FieldReader, _ subject: String) {
        if let type = fields.elementType("type", among: [.float32, .float64, .uint8]) { dataType = type }
        if let scale = fields.number("scale") { self.scale = scale }
        if let mean = fields.numbers("mean", count: mode.channels) { self.mean = mean }
        if let deviation = fields.numbers("std", count: mode.channels) {
            self.deviation = deviation
            if deviation.contains(0) { fields.complain(nil, "'\(subject).std' must not be zero") }
        }
        if dataType == .uint8, scale != 1 || !mean.isEmpty || !deviation.isEmpty {
            fields.complain(nil, "'\(subject)' of type uint8 keeps the levels 0 to 255: no scale, mean or std")
        }
    }
}

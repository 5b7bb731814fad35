import CImaging

/// A part of an image, in pixels and fractions of them.
struct CropBox {
    var left: Float
    var top: Float
    var right: Float
    var bottom: Float
}

extension Raster {
    var bounds: CropBox { CropBox(left: 0, top: 0, right: Float(width), bottom: Float(height)) }

    /// The part of the image within `box` at another size, equal to the byte to Pillow's `Image.resize`.
    func resized(
        width newWidth: Int,
        height newHeight: Int,
        filter: ResizeFilter,
        box: CropBox? = nil
    ) throws(InferenceError) -> Raster {
        let whole = bounds
        let box = box ?? whole
        let isWhole = box.left == 0 && box.top == 0 && box.right == whole.right && box.bottom == whole.bottom
        if isWhole, newWidth == width, newHeight == height { return self }
        if filter == .nearest { return try nearest(newWidth, newHeight, box) }
        let columns = ResizeWeights(source: width, from: box.left, to: box.right, count: newWidth, filter: filter)
        let rows = ResizeWeights(source: height, from: box.top, to: box.bottom, count: newHeight, filter: filter)
        let keepsColumns = newWidth == width && box.left == 0 && box.right == Float(newWidth)
        let keepsRows = newHeight == height && box.top == 0 && box.bottom == Float(newHeight)
        if keepsColumns { return try mixingRows(rows, rows: 0, columns: 0..<width) }
        if keepsRows { return try mixingColumns(columns, rows: 0..<height, columns: 0) }
        if Self.takesRowsFirst(removing: height - newHeight, and: width - newWidth) {
            let needed = columns.sourceRange
            return try mixingRows(rows, rows: 0, columns: needed)
                .mixingColumns(columns, rows: 0..<newHeight, columns: needed.lowerBound)
        }
        let needed = rows.sourceRange
        return try mixingColumns(columns, rows: needed, columns: 0)
            .mixingRows(rows, rows: needed.lowerBound, columns: 0..<newWidth)
    }

    /// Whether Pillow, since its version 13, changes the height before the width; rounding in between makes it matter.
    private static func takesRowsFirst(removing rows: Int, and columns: Int) -> Bool {
        rows > max(0, 2 * columns)
    }

    /// Weighs pixels along the rows in `range`, which become the rows of the result; `origin` is the number of the
    /// first column in the weights' count.
    private func mixingColumns(
        _ weights: ResizeWeights,
        rows range: Range<Int>,
        columns origin: Int
    ) throws(InferenceError) -> Raster {
        let result = try Raster(width: weights.spans.count, height: range.count, channels: channels)
        let mix = channels == 1 ? imaging_mix_grey_columns : imaging_mix_colour_columns
        for y in range {
            let from = row(y) - origin * channels
            mix(from, result.row(y - range.lowerBound), weights.spans, weights.weights, weights.stride, result.width)
        }
        return result
    }

    /// Weighs the columns in `range`, which become the columns of the result; `origin` is the number of the first row
    /// in the weights' count.
    private func mixingRows(
        _ weights: ResizeWeights,
        rows origin: Int,
        columns range: Range<Int>
    ) throws(InferenceError) -> Raster {
        let result = try Raster(width: range.count, height: weights.spans.count, channels: channels)
        for (y, span) in weights.spans.enumerated() {
            let from = row(Int(span.first) - origin) + range.lowerBound * channels
            let factors = weights.weights[(y * weights.stride)...]
            factors.withUnsafeBufferPointer {
                imaging_mix_rows(from, rowSize, result.row(y), result.rowSize, $0.baseAddress, Int(span.count))
            }
        }
        return result
    }

    private func nearest(
        _ newWidth: Int,
        _ newHeight: Int,
        _ box: CropBox
    ) throws(InferenceError) -> Raster {
        let result = try Raster(width: newWidth, height: newHeight, channels: channels)
        let columns = Self.nearest(source: width, from: box.left, to: box.right, count: newWidth)
        let rows = Self.nearest(source: height, from: box.top, to: box.bottom, count: newHeight)
        for y in 0..<newHeight {
            let from = row(rows[y])
            let to = result.row(y)
            for x in 0..<newWidth {
                for channel in 0..<channels {
                    to[x &* channels &+ channel] = from[columns[x] &* channels &+ channel]
                }
            }
        }
        return result
    }

    /// The source's pixel for each of the result's, stepping as Pillow does, by adding.
    private static func nearest(source: Int, from lower: Float, to upper: Float, count: Int) -> [Int] {
        let step = Double(upper - lower) / Double(count)
        var position = Double(lower) + step * 0.5
        return (0..<count).map { _ in
            defer { position += step }
            return min(source - 1, max(0, Int(position)))
        }
    }
}

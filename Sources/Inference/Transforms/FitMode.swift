/// How an image of another shape gets the wanted one.
package enum FitMode: String, Sendable, Hashable, CaseIterable {
    /// Changes the proportions.
    case stretch
    /// Keeps the proportions and the centre, cuts off what is too much; Pillow's `ImageOps.fit`.
    case cover
    /// Keeps the proportions and all of the image, fills up to both sides; Pillow's `ImageOps.pad`.
    case contain
}

extension Raster {
    /// The image at another size, its proportions treated as `fit` says.
    func fitted(
        width: Int,
        height: Int,
        filter: ResizeFilter,
        fit: FitMode,
        padding: UInt8
    ) throws(InferenceError) -> Raster {
        switch fit {
        case .stretch:
            return try resized(width: width, height: height, filter: filter)
        case .cover:
            let box = centeredBox(width: width, height: height)
            return try resized(width: width, height: height, filter: filter, box: box)
        case .contain:
            let (inner, outer) = containedSize(width: width, height: height)
            return try resized(width: inner, height: outer, filter: filter)
                .padded(width: width, height: height, with: padding)
        }
    }

    /// The largest part in the middle that has the proportions.
    private func centeredBox(width newWidth: Int, height newHeight: Int) -> CropBox {
        let ratio = Double(width) / Double(height)
        let wanted = Double(newWidth) / Double(newHeight)
        var (cropWidth, cropHeight) = (Double(width), Double(height))
        if ratio >= wanted {
            cropWidth = ratio == wanted ? cropWidth : wanted * Double(height)
        } else {
            cropHeight = Double(width) / wanted
        }
        let left = (Double(width) - cropWidth) * 0.5
        let top = (Double(height) - cropHeight) * 0.5
        return CropBox(
            left: Float(left),
            top: Float(top),
            right: min(Float(width), Float(left + cropWidth)),
            bottom: min(Float(height), Float(top + cropHeight))
        )
    }

    /// The largest size with the image's proportions within the given one.
    private func containedSize(width newWidth: Int, height newHeight: Int) -> (Int, Int) {
        let ratio = Double(width) / Double(height)
        let wanted = Double(newWidth) / Double(newHeight)
        if ratio > wanted {
            let rows = (Double(height) / Double(width) * Double(newWidth)).rounded(.toNearestOrEven)
            return (newWidth, max(1, min(newHeight, Int(rows))))
        }
        if ratio < wanted {
            let columns = (Double(width) / Double(height) * Double(newHeight)).rounded(.toNearestOrEven)
            return (max(1, min(newWidth, Int(columns))), newHeight)
        }
        return (newWidth, newHeight)
    }

    private func padded(
        width newWidth: Int,
        height newHeight: Int,
        with level: UInt8
    ) throws(InferenceError)
        -> Raster
    {
        if width == newWidth, height == newHeight { return self }
        let result = try Raster(width: newWidth, height: newHeight, channels: channels)
        result.pixels.update(repeating: level, count: result.byteCount)
        let left = Int((Double(newWidth - width) * 0.5).rounded(.toNearestOrEven))
        let top = Int((Double(newHeight - height) * 0.5).rounded(.toNearestOrEven))
        for y in 0..<height {
            (result.row(y + top) + left * channels).update(from: row(y), count: rowSize)
        }
        return result
    }
}

extension Raster {
    /// The image with the same proportions and a shorter side of that length, as torchvision's `Resize` makes it.
    func resized(shorterSide: Int, filter: ResizeFilter, maximumPixels: Int) throws(InferenceError) -> Raster {
        let longer = Double(shorterSide * max(width, height)) / Double(min(width, height))
        guard longer * Double(shorterSide) <= Double(maximumPixels) else {
            throw .invalidInput("the image of \(width) x \(height) pixels is too narrow to be resized")
        }
        let (columns, rows) = width <= height ? (shorterSide, Int(longer)) : (Int(longer), shorterSide)
        return try resized(width: columns, height: rows, filter: filter)
    }

    /// The middle of the image, which must not be smaller.
    func cropped(width newWidth: Int, height newHeight: Int) throws(InferenceError) -> Raster {
        guard newWidth <= width, newHeight <= height else {
            throw .invalidInput("the image has \(width) x \(height) pixels, too few for \(newWidth) x \(newHeight)")
        }
        let result = try Raster(width: newWidth, height: newHeight, channels: channels)
        let left = Int((Double(width - newWidth) / 2).rounded(.toNearestOrEven))
        let top = Int((Double(height - newHeight) / 2).rounded(.toNearestOrEven))
        for y in 0..<newHeight {
            result.row(y).update(from: row(y + top) + left * channels, count: result.rowSize)
        }
        return result
    }
}

extension Raster {
    /// The image turned and mirrored as an Exif orientation from 1 to 8 tells, so that it stands upright.
    func upright(_ orientation: Int) throws(InferenceError) -> Raster {
        guard (2...8).contains(orientation) else { return self }
        let isTurned = orientation >= 5
        let result = try Raster(
            width: isTurned ? height : width,
            height: isTurned ? width : height,
            channels: channels
        )
        let (lastX, lastY) = (width - 1, height - 1)
        for y in 0..<result.height {
            let to = result.row(y)
            for x in 0..<result.width {
                let (fromX, fromY) =
                    switch orientation {
                    case 2: (lastX - x, y)
                    case 3: (lastX - x, lastY - y)
                    case 4: (x, lastY - y)
                    case 5: (y, x)
                    case 6: (y, lastY - x)
                    case 7: (lastX - y, lastY - x)
                    default: (lastX - y, x)
                    }
                (to + x * channels).update(from: row(fromY) + fromX * channels, count: channels)
            }
        }
        return result
    }
}

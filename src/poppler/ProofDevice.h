// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <OutputDev.h>

namespace lectern::poppler {

/// Goes through everything that a page draws and starts to decode each of its pictures, without drawing. This
/// is how a page without text proves that there is something to be had, at a small part of what a picture of
/// it costs: a scan of 35,000 × 35,000 points takes a tenth of the time.
class ProofDevice final : public OutputDev {
public:
    /// Whether the page drew nothing, or something that can be read.
    [[nodiscard]] bool isReadable() const { return m_drawn > 0 || m_damaged == 0; }

private:
    bool upsideDown() override { return true; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return false; }

    void stroke(GfxState *state) override;
    void fill(GfxState *state) override;
    void eoFill(GfxState *state) override;
    void drawImageMask(GfxState *state, Object *ref, Stream *stream, int width, int height, bool invert,
                       bool interpolate, bool inlineImage) override;
    void drawImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
                   GfxImageColorMap *colours, bool interpolate, const int *maskColours,
                   bool inlineImage) override;
    void drawMaskedImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
                         GfxImageColorMap *colours, bool interpolate, Stream *mask, int maskWidth,
                         int maskHeight, bool maskInvert, bool maskInterpolate) override;
    void drawSoftMaskedImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
                             GfxImageColorMap *colours, bool interpolate, Stream *mask, int maskWidth,
                             int maskHeight, GfxImageColorMap *maskColours, bool maskInterpolate) override;

    void prove(Stream &stream);

    int m_drawn = 0;
    int m_damaged = 0;
};

} // namespace lectern::poppler

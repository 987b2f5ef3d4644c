// SPDX-License-Identifier: GPL-3.0-or-later
#include "poppler/ProofDevice.h"

#include <Object.h>
#include <Stream.h>

#include <array>

namespace lectern::poppler {

void ProofDevice::stroke(GfxState * /*state*/)
{
    ++m_drawn;
}

void ProofDevice::fill(GfxState * /*state*/)
{
    ++m_drawn;
}

void ProofDevice::eoFill(GfxState * /*state*/)
{
    ++m_drawn;
}

void ProofDevice::drawImageMask(GfxState *state, Object *ref, Stream *stream, int width, int height,
                                bool invert, bool interpolate, bool inlineImage)
{
    if (inlineImage) { // its bytes stand in the page's content and have to be skipped
        OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, true);
        ++m_drawn;
    } else {
        prove(*stream);
    }
}

void ProofDevice::drawImage(GfxState *state, Object *ref, Stream *stream, int width, int height,
                            GfxImageColorMap *colours, bool interpolate, const int *maskColours,
                            bool inlineImage)
{
    if (inlineImage) {
        OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, maskColours, true);
        ++m_drawn;
    } else {
        prove(*stream);
    }
}

void ProofDevice::drawMaskedImage(GfxState * /*state*/, Object * /*ref*/, Stream *stream, int /*width*/,
                                  int /*height*/, GfxImageColorMap * /*colours*/, bool /*interpolate*/,
                                  Stream * /*mask*/, int /*maskWidth*/, int /*maskHeight*/,
                                  bool /*maskInvert*/, bool /*maskInterpolate*/)
{
    prove(*stream);
}

void ProofDevice::drawSoftMaskedImage(GfxState * /*state*/, Object * /*ref*/, Stream *stream, int /*width*/,
                                      int /*height*/, GfxImageColorMap * /*colours*/, bool /*interpolate*/,
                                      Stream * /*mask*/, int /*maskWidth*/, int /*maskHeight*/,
                                      GfxImageColorMap * /*maskColours*/, bool /*maskInterpolate*/)
{
    prove(*stream);
}

// The filters that keep a whole picture in memory (JBIG2, JPEG 2000) decode all of it here, the others some
// lines.
void ProofDevice::prove(Stream &stream)
{
    std::array<unsigned char, 4096> start{};
    stream.reset();
    const int count = stream.doGetChars(static_cast<int>(start.size()), start.data());
    stream.close();
    if (count > 0)
        ++m_drawn;
    else
        ++m_damaged;
}

} // namespace lectern::poppler

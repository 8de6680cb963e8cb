using Appliance.Imaging.Denoising;
using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Graphs;

namespace Appliance.Imaging.Decoding;

/// <summary>
/// Latents to a rough picture by one matrix: a pixel of a decoded picture is nearly a linear function of the latents at its place. The matrix is
/// measured on the model's own decoder, once, on flat patches of random latents, so that every model has the right one.
/// </summary>
internal sealed class LatentPreview
{
    private const int Side = 16;
    private const int Patch = 4;
    private const int Colours = 3;

    // [channels + 1, 3], the last row for the constant
    private readonly double[,] _matrix;
    private readonly int _channels;
    private readonly int _factor;

    private LatentPreview(double[,] matrix, int channels, int factor) => (_matrix, _channels, _factor) = (matrix, channels, factor);

    /// <summary>Measures the matrix of a decoder; takes one small decoding.</summary>
    public static LatentPreview Measure(LatentDecoder decoder, int channels, CancellationToken cancellationToken)
    {
        float[] latents = Patches(channels);
        Tensor decoded = decoder.DecodeValues(latents, new(channels, Side, Side), cancellationToken);
        int factor = (int)decoded.Shape[^1] / Side;
        return new(Fit(latents, decoded, channels, factor), channels, factor);
    }

    /// <summary>Draws latents, each place as a square of the size that it will have.</summary>
    public RgbImage Draw(ReadOnlySpan<float> latents, LatentSize size)
    {
        (int width, int height) = (size.Width * _factor, size.Height * _factor);
        byte[] pixels = new byte[width * height * Colours];
        for (int place = 0; place < size.Height * size.Width; place++)
        {
            for (int colour = 0; colour < Colours; colour++)
            {
                double value = _matrix[_channels, colour];
                for (int channel = 0; channel < _channels; channel++)
                {
                    value += _matrix[channel, colour] * latents[(channel * size.Height * size.Width) + place];
                }

                Fill(pixels, width, place / size.Width, place % size.Width, colour, (byte)Math.Round(255 * Math.Clamp((value / 2) + 0.5, 0, 1)));
            }
        }

        return new(width, height, pixels);
    }

    private static float[] Patches(int channels)
    {
        float[] drawn = new float[channels * Patch * Patch];
        new PhiloxNoise(1).Fill(drawn);
        float[] latents = new float[channels * Side * Side];
        for (int i = 0; i < latents.Length; i++)
        {
            (int channel, int y, int x) = (i / (Side * Side), i / Side % Side, i % Side);
            latents[i] = drawn[(channel * Patch * Patch) + ((y * Patch / Side) * Patch) + (x * Patch / Side)];
        }

        return latents;
    }

    /// <summary>Least squares over all places, by the normal equations.</summary>
    private static double[,] Fit(float[] latents, Tensor decoded, int channels, int factor)
    {
        int unknowns = channels + 1;
        double[,] system = new double[unknowns, unknowns + Colours];
        double[] row = new double[unknowns];
        for (int place = 0; place < Side * Side; place++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                row[channel] = latents[(channel * Side * Side) + place];
            }

            row[channels] = 1;
            for (int i = 0; i < unknowns; i++)
            {
                for (int j = 0; j < unknowns; j++)
                {
                    system[i, j] += row[i] * row[j];
                }

                for (int colour = 0; colour < Colours; colour++)
                {
                    system[i, unknowns + colour] += row[i] * Mean(decoded, colour, place / Side * factor, place % Side * factor, factor);
                }
            }
        }

        return Solve(system, unknowns);
    }

    private static double Mean(Tensor decoded, int colour, int top, int left, int factor)
    {
        double sum = 0;
        for (int y = 0; y < factor; y++)
        {
            for (int x = 0; x < factor; x++)
            {
                sum += decoded.Values[(((colour * Side * factor) + top + y) * Side * factor) + left + x];
            }
        }

        return sum / (factor * factor);
    }

    /// <summary>Gauss and Jordan; the diagonal is raised a little so that there always is a solution.</summary>
    private static double[,] Solve(double[,] system, int unknowns)
    {
        for (int pivot = 0; pivot < unknowns; pivot++)
        {
            double scale = system[pivot, pivot] + 1e-6;
            for (int column = 0; column < unknowns + Colours; column++)
            {
                system[pivot, column] /= scale;
            }

            for (int other = 0; other < unknowns; other++)
            {
                double part = other == pivot ? 0 : system[other, pivot];
                for (int column = 0; part != 0 && column < unknowns + Colours; column++)
                {
                    system[other, column] -= part * system[pivot, column];
                }
            }
        }

        double[,] matrix = new double[unknowns, Colours];
        for (int i = 0; i < unknowns * Colours; i++)
        {
            matrix[i / Colours, i % Colours] = system[i / Colours, unknowns + (i % Colours)];
        }

        return matrix;
    }

    private void Fill(byte[] pixels, int width, int y, int x, int colour, byte value)
    {
        for (int dy = 0; dy < _factor; dy++)
        {
            for (int dx = 0; dx < _factor; dx++)
            {
                pixels[(((((y * _factor) + dy) * width) + (x * _factor) + dx) * Colours) + colour] = value;
            }
        }
    }
}

using Appliance.Native;

namespace Appliance.Speech.Capture;

/// <summary>Audio files, one after the other, each once, as if they were heard.</summary>
internal sealed class FileSource : ICaptureSource
{
    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public ILiveAudio Open(CaptureOptions options)
    {
        if (options.Files.Count == 0)
        {
            throw new CaptureException(CaptureError.BadRequest, null, "the source 'file' has nothing to play: name a file with --input (setting capture.file)");
        }

        if (!double.IsFinite(options.Pace) || options.Pace < 0)
        {
            throw new CaptureException(CaptureError.BadRequest, null, "the pace must be 0 (as fast as it goes) or a positive number (1 is real time)");
        }

        AudioInput[] inputs = [.. options.Files.Select(file => new AudioInput(file, new AudioFileOptions { Channel = options.Channel }))];
        foreach (AudioInput input in inputs)
        {
            // a file that can't be played must not come to light after an hour of others
            try
            {
                input.Open().Dispose();
            }
            catch (AudioInputException problem)
            {
                throw new CaptureException(CaptureError.BadFile, input.Path, problem.Message, problem);
            }
        }

        return new FileAudio(inputs, options);
    }
}

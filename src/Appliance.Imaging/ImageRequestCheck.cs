using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Models;

namespace Appliance.Imaging;

/// <summary>Finds out what is not possible about a request before any work.</summary>
internal static class ImageRequestCheck
{
    /// <exception cref="ImagingException">Something is not possible; the message says what is.</exception>
    public static void Run(ImageRequest request, DiffusionModel model)
    {
        _ = NoiseGenerators.Find(request.Generator);
        _ = SchedulerPolicies.Find(request.Scheduler, model.Layout.Scheduler);
        CheckDecoder(request, model);
        CheckText("prompt", request.Prompt);
        CheckText("negative prompt", request.NegativePrompt ?? "");
        CheckNumbers(request, model);
        ImageSizes.Check(request.Width, request.Height, model);
        CheckPictures(request);
    }

    private static void CheckDecoder(ImageRequest request, DiffusionModel model)
    {
        if (!ImageChoices.Decoders.Contains(request.Decoder))
        {
            throw Bad($"unknown decoder \"{request.Decoder}\": use one of {string.Join(", ", ImageChoices.Decoders)}");
        }

        if (request.Decoder == DecoderNames.Tiny && !model.HasTinyDecoder)
        {
            throw Bad($"the model \"{model.Name}\" has no tiny decoder (folder vae_decoder_tiny): use the decoder {DecoderNames.Vae}, or add one to the model");
        }
    }

    private static void CheckText(string what, string text)
    {
        if (text.Length > ImageLimits.PromptLength)
        {
            throw Bad($"the {what} has {text.Length} characters: {ImageLimits.PromptLength} are allowed, and models read about 300");
        }

        if (text.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character)))
        {
            throw Bad($"the {what} contains control characters: take them out");
        }
    }

    private static void CheckNumbers(ImageRequest request, DiffusionModel model)
    {
        int most = Math.Min(ImageLimits.Steps, model.Layout.Scheduler.TrainTimesteps);
        if (request.Steps < 1 || request.Steps > most)
        {
            throw Bad($"{request.Steps} steps: must be a whole number from 1 to {most}");
        }

        if (!(request.Guidance is >= 0 and <= ImageLimits.Guidance))
        {
            throw Bad($"guidance {request.Guidance}: must be a number from 0 to {ImageLimits.Guidance}");
        }

        if (!(request.GuidanceRescale is >= 0 and <= 1))
        {
            throw Bad($"guidance rescale {request.GuidanceRescale}: must be a number from 0 to 1");
        }

        if (!(request.Strength is > 0 and <= 1))
        {
            throw Bad($"strength {request.Strength}: must be a number above 0, up to 1");
        }

        if (request.Seed < 0)
        {
            throw Bad($"seed {request.Seed}: must be 0 or more");
        }
    }

    private static void CheckPictures(ImageRequest request)
    {
        if (request.Init is { } init && (init.Width, init.Height) != (request.Width, request.Height))
        {
            throw Bad($"the given picture has {init.Width}x{init.Height} pixels, {request.Width}x{request.Height} are drawn: scale it to that size");
        }

        if (request.Mask is null)
        {
            return;
        }

        if (request.Init is null)
        {
            throw Bad("a mask without a picture: give the picture that it belongs to as well");
        }

        if ((request.Mask.Width, request.Mask.Height) != (request.Width, request.Height))
        {
            throw Bad($"the mask has {request.Mask.Width}x{request.Mask.Height} pixels, the picture {request.Width}x{request.Height}: make them the same size");
        }
    }

    private static ImagingException Bad(string message) => new(ImagingError.BadRequest, message);
}

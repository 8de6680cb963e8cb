using System.Diagnostics;
using Appliance.Imaging.Decoding;
using Appliance.Imaging.Denoising;
using Appliance.Imaging.Denoising.Noise;
using Appliance.Imaging.Denoising.Schedulers;
using Appliance.Imaging.Models;
using Appliance.Imaging.Prompts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Appliance.Imaging;

/// <summary>
/// Draws pictures with one model, whatever its family: prompts, then noise or a given picture, then the steps, then pixels. Every picture is
/// drawn by itself, so that it is the same alone and among others. One picture at a time.
/// </summary>
public sealed class ImagePipeline
{
    private readonly DiffusionModel _model;
    private readonly ILogger _logger;
    private (ImageRequest Request, bool IsGuided, PromptEmbedding Embedding)? _lastPrompt;
    private DenoisingLoop? _loop;

    /// <param name="model">The model; not disposed of here.</param>
    /// <param name="logger">Told of retries.</param>
    public ImagePipeline(DiffusionModel model, ILogger? logger = null)
    {
        _model = model;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>Finds out whether a request is possible, before any graph is loaded.</summary>
    /// <exception cref="ImagingException">It is not; the message says what is.</exception>
    public void Check(ImageRequest request) => _ = Prepare(request);

    /// <summary>Draws a picture.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Hears of every step; null for nobody.</param>
    /// <param name="previews">Takes previews; null for none.</param>
    /// <param name="cancellationToken">Ends it within a step.</param>
    /// <exception cref="ImagingException">The request is not possible, or the model failed.</exception>
    /// <exception cref="Inference.Models.ModelException">A part of the model can't be loaded.</exception>
    public DrawnImage Draw(ImageRequest request, IImageProgress? progress, IImagePreviews? previews, CancellationToken cancellationToken) =>
        DrawWatched(request, progress is null && previews is null ? null : new ProgressWatcher(_model, progress, previews, cancellationToken), cancellationToken);

    /// <summary>The same without previews.</summary>
    public DrawnImage Draw(ImageRequest request, IImageProgress? progress, CancellationToken cancellationToken) => Draw(request, progress, previews: null, cancellationToken);

    /// <summary>
    /// Chooses steps and decoder for a deadline by what one step and one decoding take; that trial counts in the time. The request's steps
    /// are the most that is taken.
    /// </summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="remaining">Time that is left, from now on.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ImagingException">The request is not possible, or not even one step fits.</exception>
    public DeadlineChoice Choose(ImageRequest request, TimeSpan remaining, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        (IScheduler scheduler, LatentSize size) = Prepare(request);
        DeadlineTrial trial = new(_model, size, cancellationToken);
        TimeSpan step = trial.Step(Embed(request, cancellationToken), request.Guidance, remaining);
        TimeSpan decoding = trial.Decoding(_model.Parts.Decoder);
        TimeSpan? tiny = _model.HasTinyDecoder ? trial.Decoding(_model.Parts.TinyDecoder) : null;
        DeadlineChoice choice = DeadlineChoice.Choose(remaining - Stopwatch.GetElapsedTime(started), step, decoding, tiny, scheduler.Timesteps.Length - scheduler.FirstStep);

        // with a given picture, the steps that are run are a part of the whole
        double run = request.Init is null ? 1 : request.Strength;
        return choice with { Steps = Math.Clamp((int)Math.Ceiling(choice.Steps / run), 1, request.Steps) };
    }

    /// <summary>
    /// Gives back the memory that pictures took and that ONNX Runtime keeps for the next: for when there will be none for a while. Done by
    /// itself when a picture is cancelled.
    /// </summary>
    public void ReleaseMemory()
    {
        if (_lastPrompt is { } last)
        {
            _model.Parts.ReleaseMemory(last.Embedding);
        }
    }

    internal DrawnImage DrawWatched(ImageRequest request, IDenoisingWatcher? watcher, CancellationToken cancellationToken)
    {
        try
        {
            return DrawOnce(request, watcher, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            ReleaseAfterCancellation();
            throw;
        }
        catch (ImagingException fault) when (fault.Code == ImagingError.OutOfMemory)
        {
            // once more with nothing in memory but what a stage needs
            Log.OutOfMemory(_logger, _model.Name, request.Width, request.Height);
            Unload();
            return DrawOnce(request, watcher, cancellationToken);
        }
    }

    private void ReleaseAfterCancellation()
    {
        try
        {
            ReleaseMemory();
        }
        catch (ImagingException fault)
        {
            // who cancelled hears of that; the next picture hears of what is wrong with the model
            Log.MemoryNotReleased(_logger, _model.Name, fault.Message);
        }
    }

    /// <summary>Unloads all graphs; each is loaded again when it is needed.</summary>
    private void Unload()
    {
        (_lastPrompt, _loop) = (null, null);
        _model.Unload();
    }

    private DrawnImage DrawOnce(ImageRequest request, IDenoisingWatcher? watcher, CancellationToken cancellationToken)
    {
        // 1. what is not possible is told before any work
        (IScheduler scheduler, LatentSize size) = Prepare(request);
        TimeSpan engineBefore = _model.Parts.EngineTime;
        long started = Stopwatch.GetTimestamp();

        // 2. prompts
        PromptEmbedding embedding = Embed(request, cancellationToken);
        long prompted = Stopwatch.GetTimestamp();

        // 3. noise, or the given picture with noise; draws in this order: the picture's own, the start, the steps
        INoiseSource noise = NoiseGenerators.Find(request.Generator).Create(request.Seed);
        DenoisingState state = new(scheduler, size, embedding) { Given = Given(request, size, noise, cancellationToken) };
        noise.Fill(state.Noise);
        Begin(state);
        long begun = Stopwatch.GetTimestamp();

        // 4. the steps
        _loop ??= new DenoisingLoop(_model.Parts.Denoiser);
        _loop.Run(state, request, noise, watcher, cancellationToken);
        long denoised = Stopwatch.GetTimestamp();

        // 5. pixels
        DecodedImage decoded = Decode(request, state, cancellationToken);
        bool isWithheld = request.IsChecked && _model.Parts.Safety is { } safety && safety.Finds(decoded.Image, cancellationToken);
        long ended = Stopwatch.GetTimestamp();
        return new()
        {
            Image = isWithheld ? new(decoded.Image.Width, decoded.Image.Height, new byte[decoded.Image.Pixels.Length]) : decoded.Image,
            IsWithheld = isWithheld,
            Request = request,
            Decoder = decoded.Decoder,
            Warnings = [.. Warnings(embedding, isWithheld)],
            Timing = new(
                Stopwatch.GetElapsedTime(started, prompted),
                Stopwatch.GetElapsedTime(prompted, begun),
                Stopwatch.GetElapsedTime(begun, denoised),
                Stopwatch.GetElapsedTime(denoised, ended),
                Stopwatch.GetElapsedTime(started, ended),
                _model.Parts.EngineTime - engineBefore,
                scheduler.Timesteps.Length - scheduler.FirstStep),
        };
    }

    /// <summary>A decoder that overflows in half precision gets one more try in float32.</summary>
    private DecodedImage Decode(ImageRequest request, DenoisingState state, CancellationToken cancellationToken)
    {
        if (request.Decoder == DecoderNames.Tiny)
        {
            return _model.Parts.TinyDecoder.Decode(state.Latents, state.Size, cancellationToken);
        }

        try
        {
            return _model.Parts.Decoder.Decode(state.Latents, state.Size, cancellationToken);
        }
        catch (ImagingException fault) when (fault.Code == ImagingError.NotFinite && _model.Parts.Float32Decoder is not null)
        {
            Log.DecoderOverflowed(_logger, _model.Name);
            return _model.Parts.Float32Decoder.Decode(state.Latents, state.Size, cancellationToken);
        }
    }

    private static void Begin(DenoisingState state)
    {
        if (state.Given is { } given)
        {
            state.Scheduler.AddNoise(state.Scheduler.FirstStep, given.Latents, state.Noise, state.Latents);
            return;
        }

        for (int i = 0; i < state.Latents.Length; i++)
        {
            state.Latents[i] = state.Noise[i] * state.Scheduler.InitNoiseSigma;
        }
    }

    private static void CheckSteps(ImageRequest request, IScheduler scheduler)
    {
        if (scheduler.FirstStep >= scheduler.Timesteps.Length)
        {
            throw new ImagingException(
                ImagingError.BadRequest,
                $"strength {request.Strength} leaves none of {request.Steps} steps: ask for at least {Math.Ceiling(1 / request.Strength)} steps, or for strength {1.0 / request.Steps:0.###} or more");
        }
    }

    private static IEnumerable<string> Warnings(PromptEmbedding embedding, bool isWithheld)
    {
        if (isWithheld)
        {
            yield return "the model's safety checker objects to the picture, a black one is written instead: change the prompt or the seed, or turn imaging.safetyChecker off";
        }

        if (embedding.LeftOut.Length > 0)
        {
            yield return $"the prompt is longer than the model reads, left out: \"{embedding.LeftOut}\": shorten it";
        }

        if (embedding.NegativeLeftOut.Length > 0)
        {
            yield return $"the negative prompt is longer than the model reads, left out: \"{embedding.NegativeLeftOut}\": shorten it";
        }
    }

    private (IScheduler Scheduler, LatentSize Size) Prepare(ImageRequest request)
    {
        ImageRequestCheck.Run(request, _model);
        SchedulerPolicy policy = SchedulerPolicies.Find(request.Scheduler);
        LatentSize size = new(_model.Layout.LatentChannels, request.Height / _model.Layout.Factor, request.Width / _model.Layout.Factor);
        IScheduler scheduler = policy.Create(_model.Layout.Scheduler, new(request.Steps, request.Init is null ? 1 : request.Strength, size.Count));
        CheckSteps(request, scheduler);
        return (scheduler, size);
    }

    /// <summary>Several pictures of one prompt need its embedding once.</summary>
    private PromptEmbedding Embed(ImageRequest request, CancellationToken cancellationToken)
    {
        bool isGuided = request.Guidance > 1 && !_model.TakesGuidance;
        if (_lastPrompt is { } last && last.IsGuided == isGuided && last.Request.Prompt == request.Prompt && last.Request.NegativePrompt == request.NegativePrompt
            && last.Request.Xl == request.Xl && (last.Request.Width, last.Request.Height) == (request.Width, request.Height))
        {
            return last.Embedding;
        }

        PromptEmbedding embedding = _model.Parts.Prompts.Encode(request, isGuided, cancellationToken);
        _lastPrompt = (request, isGuided, embedding);
        return embedding;
    }

    private GivenPicture? Given(ImageRequest request, LatentSize size, INoiseSource noise, CancellationToken cancellationToken)
    {
        if (request.Init is null)
        {
            return null;
        }

        float[] latents = _model.Parts.Encoder.Encode(request.Init, noise, cancellationToken);
        return new(latents, request.Mask is { } mask ? Kept(mask, size, _model.Layout.Factor) : null);
    }

    /// <summary>The mask at the size of the latents: the pixel in the middle of each cell.</summary>
    private static float[] Kept(MaskImage mask, LatentSize size, int factor)
    {
        float[] kept = new float[size.Height * size.Width];
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++)
            {
                kept[(y * size.Width) + x] = 1 - (mask.Pixels[(((y * factor) + (factor / 2)) * mask.Width) + (x * factor) + (factor / 2)] / 255f);
            }
        }

        return kept;
    }
}

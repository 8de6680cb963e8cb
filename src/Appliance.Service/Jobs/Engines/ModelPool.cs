using Appliance.Imaging;
using Appliance.Imaging.Models;
using Appliance.Inference.Models;
using Appliance.Inference.Sessions;
using Appliance.Native;
using Appliance.Service.Configuration;
using Appliance.Service.Health;
using Appliance.Speech.Recognition;
using Appliance.Speech.Segmentation;
using Microsoft.Extensions.Logging;

namespace Appliance.Service.Jobs.Engines;

/// <summary>
/// The models in memory, within a budget: what was not used for longest makes room, what was not used for ten minutes goes by itself, the
/// configured speech model stays. Thread-safe; models are loaded on the caller's thread.
/// </summary>
internal sealed class ModelPool : IDisposable
{
    /// <summary>Memory that a model takes, in parts of the size of its files: weights, packed copies of them and buffers.</summary>
    private const double MemoryOfFiles = 1.5;

    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(10);

    private readonly Func<ApplianceSettings> _settings;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PooledModel> _models = new(StringComparer.Ordinal);
    private readonly Lazy<SessionFactory> _sessions;
    private readonly long _budget;

    /// <param name="settings">The settings in force.</param>
    /// <param name="time">By what models grow old.</param>
    /// <param name="logger">Told what is loaded and unloaded.</param>
    public ModelPool(Func<ApplianceSettings> settings, TimeProvider time, ILogger logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        InferenceSettings inference = settings().Inference;
        _sessions = new(() => new SessionFactory(inference.ToSessionSettings(), logger));
        _budget = inference.MemoryBytes > 0 ? inference.MemoryBytes : (new SystemMemory().Available ?? long.MaxValue) / 4 * 3;
    }

    /// <summary>Called when a model was loaded or unloaded.</summary>
    public event Action? Changed;

    /// <summary>The execution provider that graphs run on.</summary>
    public string Provider => _sessions.Value.Providers.First(report => report.Used).Name;

    /// <summary>Threads of a graph call.</summary>
    public int Threads => _sessions.Value.Threads;

    /// <summary>Bytes that models may take.</summary>
    public long Budget => _budget;

    /// <summary>All models on this machine.</summary>
    public IReadOnlyList<ModelEntry> Catalog => new ModelCatalog(_settings().Models.Roots, _logger).List();

    /// <summary>Models in memory with what they are reckoned to take.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Loaded
    {
        get
        {
            lock (_lock)
            {
                return [.. _models.Values.Where(model => model.IsLoaded).Select(model => (model.Folder.Name, model.Bytes))];
            }
        }
    }

    /// <summary>Finds a model without loading it.</summary>
    /// <exception cref="ModelException">There is none of that name.</exception>
    public ModelFolder Find(string name, string kind) => new ModelCatalog(_settings().Models.Roots, _logger).Find(name, kind);

    /// <summary>A speech model for one piece of work.</summary>
    /// <exception cref="ModelException">There is none, or it can't be loaded.</exception>
    /// <exception cref="JobException">There is no room for it.</exception>
    public SpeechLease RentSpeech(string name)
    {
        PooledModel model = Rent(Find(name, ModelKinds.Whisper), ModelKinds.Whisper);
        try
        {
            lock (model)
            {
                if (model.Root is null)
                {
                    model.Root = WhisperModel.Load(model.Folder, _sessions.Value);
                    Told(model);
                }

                WhisperModel own = model.IdleShares.TryPop(out WhisperModel? idle) ? idle : ((WhisperModel)model.Root).Share();
                return new SpeechLease(own, () => Return(model, own));
            }
        }
        catch
        {
            Return(model, null);
            throw;
        }
    }

    /// <summary>A text-to-image model; one piece of work at a time has it.</summary>
    /// <exception cref="ModelException">There is none, or it can't be loaded.</exception>
    /// <exception cref="JobException">There is no room for it.</exception>
    public ImageLease RentImage(string name)
    {
        PooledModel model = Rent(Find(name, ModelKinds.Diffusion), ModelKinds.Diffusion);
        try
        {
            lock (model)
            {
                if (model.Root is null)
                {
                    DiffusionModel loaded = DiffusionModel.Load(model.Folder, _sessions.Value);
                    model.Root = loaded;
                    model.Pipeline = new ImagePipeline(loaded, _logger);
                    Told(model);
                }

                return new ImageLease((DiffusionModel)model.Root, model.Pipeline!, model.Folder, () => Return(model, null));
            }
        }
        catch
        {
            Return(model, null);
            throw;
        }
    }

    /// <summary>A voice activity detector; the caller's own.</summary>
    /// <exception cref="ModelException">There is none, or it can't be loaded.</exception>
    public SileroVad LoadVoiceActivity() => SileroVad.Load(Find(KnownNames.VoiceActivityModel, ModelKinds.Vad), _sessions.Value);

    /// <summary>Unloads a model that nobody uses.</summary>
    /// <exception cref="JobException">It is in use, or it is not in memory.</exception>
    public void Unload(string name, string kind)
    {
        PooledModel model;
        lock (_lock)
        {
            if (!_models.TryGetValue(KeyOf(name, kind), out PooledModel? found) || !found.IsLoaded)
            {
                throw new JobException(ErrorCode.UnknownModel, $"the model {name} is not in memory: nothing is to be unloaded");
            }

            if (found.Leases > 0)
            {
                throw new JobException(ErrorCode.Busy, $"the model {name} is in use: cancel what uses it, or wait");
            }

            model = found;
            _models.Remove(KeyOf(name, kind));
        }

        Dispose(model);
    }

    /// <summary>Unloads every model that nobody uses now, for more room.</summary>
    public void UnloadIdle() => Unload(model => model.Leases == 0);

    /// <summary>Unloads what was not used for a while.</summary>
    public void Sweep() => Unload(model => model.Leases == 0 && !IsPinned(model) && _time.GetElapsedTime(model.LastUsed) >= TimeToLive);

    /// <inheritdoc/>
    public void Dispose()
    {
        Unload(_ => true);
        if (_sessions.IsValueCreated)
        {
            _sessions.Value.Dispose();
        }
    }

    private static string KeyOf(string name, string kind) => $"{kind}/{name}";

    private bool IsPinned(PooledModel model) => model.Kind == ModelKinds.Whisper && model.Folder.Name == _settings().Speech.Model;

    private PooledModel Rent(ModelFolder folder, string kind)
    {
        List<PooledModel> evicted = [];
        PooledModel? model;
        lock (_lock)
        {
            string key = KeyOf(folder.Name, kind);
            if (!_models.TryGetValue(key, out model))
            {
                model = new PooledModel(kind, folder, (long)(folder.Manifest.TotalBytes * MemoryOfFiles));
                MakeRoom(model, evicted);
                _models.Add(key, model);
            }

            model.Leases++;
        }

        evicted.ForEach(Dispose);
        return model;
    }

    /// <summary>What was not used for longest goes first.</summary>
    private void MakeRoom(PooledModel wanted, List<PooledModel> evicted)
    {
        long taken = _models.Values.Sum(model => model.Bytes);
        foreach (PooledModel model in _models.Values.Where(model => model.Leases == 0 && !IsPinned(model)).OrderBy(model => model.LastUsed).ToArray())
        {
            if (taken + wanted.Bytes <= _budget)
            {
                break;
            }

            taken -= model.Bytes;
            _models.Remove(KeyOf(model.Folder.Name, model.Kind));
            evicted.Add(model);
        }

        if (taken + wanted.Bytes > _budget)
        {
            foreach (PooledModel model in evicted)
            {
                _models.Add(KeyOf(model.Folder.Name, model.Kind), model);
            }

            evicted.Clear();
            throw new JobException(ErrorCode.OutOfMemory, FormattableString.Invariant(
                $"the model {wanted.Folder.Name} needs about {wanted.Bytes / 1e6:0} MB, {Math.Max(0, _budget - taken) / 1e6:0} MB of {_budget / 1e6:0} MB are left: use a smaller model, or raise inference.memoryBytes"));
        }
    }

    private void Return(PooledModel model, WhisperModel? share)
    {
        lock (model)
        {
            if (share is not null)
            {
                model.IdleShares.Push(share);
            }
        }

        lock (_lock)
        {
            model.Leases--;
            model.LastUsed = _time.GetTimestamp();
        }
    }

    private void Unload(Func<PooledModel, bool> which)
    {
        PooledModel[] chosen;
        lock (_lock)
        {
            chosen = [.. _models.Values.Where(which)];
            foreach (PooledModel model in chosen)
            {
                _models.Remove(KeyOf(model.Folder.Name, model.Kind));
            }
        }

        foreach (PooledModel model in chosen)
        {
            Dispose(model);
        }
    }

    private void Dispose(PooledModel model)
    {
        lock (model)
        {
            while (model.IdleShares.TryPop(out WhisperModel? share))
            {
                share.Dispose();
            }

            model.Root?.Dispose();
            model.Root = null;
        }

        ProcessMemory.Trim();
        Log.ModelUnloaded(_logger, model.Folder.Name);
        Changed?.Invoke();
    }

    private void Told(PooledModel model)
    {
        Log.ModelLoaded(_logger, model.Folder.Name);
        Changed?.Invoke();
    }
}

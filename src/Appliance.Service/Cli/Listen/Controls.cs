using Appliance.Native;
using Appliance.Speech.Capture;
using Appliance.Speech.Listening;

namespace Appliance.Service.Cli.Listen;

/// <summary>What the caller does meanwhile: keys of a terminal, or lines of a program.</summary>
internal sealed class Controls : IDisposable
{
    private readonly Listener _listener;
    private readonly ILiveAudio _audio;
    private bool _isPressed;
    private volatile bool _isDisposed;

    /// <param name="listener">Is pressed, released and stopped.</param>
    /// <param name="audio">Is muted.</param>
    /// <param name="canRead">False where standard input is the audio.</param>
    public Controls(Listener listener, ILiveAudio audio, bool canRead)
    {
        _listener = listener;
        _audio = audio;
        if (canRead)
        {
            // reading can't be ended: a background thread does not keep the program
            new Thread(Read) { Name = "controls", IsBackground = true }.Start();
        }
    }

    /// <summary>Does what a line says.</summary>
    /// <returns>False for a line that says nothing known.</returns>
    public bool Do(string line)
    {
        switch (line.Trim().ToUpperInvariant())
        {
            case "PRESS":
                Press(true);
                return true;
            case "RELEASE":
                Press(false);
                return true;
            case "MUTE":
                _audio.IsMuted = true;
                return true;
            case "UNMUTE":
                _audio.IsMuted = false;
                return true;
            case "STOP":
                _listener.Stop();
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _isDisposed = true;

    private void Read()
    {
        try
        {
            if (Console.IsInputRedirected)
            {
                ReadLines();
            }
            else if (ControllingTerminal.IsInForeground())
            {
                ReadKeys();
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // the terminal is gone: there is nobody left to press a key
        }
    }

    private void ReadLines()
    {
        // Console.In would prepare the terminal for keys, which are not asked for here
        using StreamReader lines = new(Console.OpenStandardInput());
        while (!_isDisposed && lines.ReadLine() is { } line)
        {
            if (!_isDisposed)
            {
                Do(line);
            }
        }
    }

    private void ReadKeys()
    {
        while (!_isDisposed)
        {
            char key = Console.ReadKey(intercept: true).KeyChar;
            if (_isDisposed)
            {
                return;
            }

            Do(key switch
            {
                ' ' => _isPressed ? "release" : "press",
                'm' or 'M' => _audio.IsMuted ? "unmute" : "mute",
                'q' or 'Q' => "stop",
                _ => string.Empty,
            });
        }
    }

    private void Press(bool isPressed)
    {
        _isPressed = isPressed;
        if (isPressed)
        {
            _listener.Press();
        }
        else
        {
            _listener.Release();
        }
    }
}

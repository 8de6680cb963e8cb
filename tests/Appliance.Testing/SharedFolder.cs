namespace Appliance.Testing;

/// <summary>Finds the folder <c>shared</c> beside the checkout; tests that need it skip with a reason where it is absent.</summary>
public static class SharedFolder
{
    /// <summary>Full path, or null.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Path below the folder; skips the running test when the folder is absent.</summary>
    public static string Require(params string[] parts)
    {
        if (Path is null)
        {
            Xunit.Assert.Skip("the folder shared/ is not beside this checkout (or set APPLIANCE_SHARED)");
        }

        return System.IO.Path.Combine([Path!, .. parts]);
    }

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("APPLIANCE_SHARED");
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "design")))
            {
                return candidate;
            }
        }

        return null;
    }
}

namespace Appliance.Testing;

/// <summary>Finds the root of the checkout that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>Full path of the folder that holds Appliance.sln.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Appliance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("no Appliance.sln above " + AppContext.BaseDirectory);
    }
}

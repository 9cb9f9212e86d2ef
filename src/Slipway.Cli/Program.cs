using Slipway.Cli.Hosting;

return await ProcessHost.RunAsync(args);

using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using CdkCognitoUserAttributes;

var app = new App();
var stack = new Stack(app, "People");
var userPool = new UserPool(stack, "Pool", new UserPoolProps
{
    AutoVerify = new AutoVerifiedAttrs { Email = true },
    KeepOriginal = new KeepOriginalAttrs { Email = true },
    CustomAttributes = new Dictionary<string, ICustomAttribute>
    {
        ["plan"] = new StringAttribute(new StringAttributeProps { Mutable = true, MaxLen = 20 }),
    },
    Email = UserPoolEmail.WithSES(new UserPoolSESOptions { FromEmail = "welcome@example.com", SesRegion = "eu-west-1" }),
});
userPool.AddGroup("Admins", new UserPoolGroupOptions { GroupName = "admins" });

var seeder = new UserAttributesSeeder(stack, "Administrators", new UserAttributesSeederProps
{
    UserPool = userPool,
    Source = SeedSource.Inline(new ISeedUser[]
    {
        new SeedUser
        {
            Username = "alice",
            Attributes = new UserAttributes
            {
                GivenName = "Alice",
                Email = "alice@example.com",
                Custom = new Dictionary<string, string> { ["plan"] = "gold" },
            },
            ClientMetadata = new Dictionary<string, string> { ["campaign"] = "founders" },
            Groups = new[] { "admins" },
        },
        new SeedUser
        {
            Username = "bob",
            Attributes = new UserAttributes { Email = "bob@example.com", Locale = "de-AT" },
            Enabled = true,
        },
    }),
    Verification = ContactVerification.MARK_VERIFIED,
    MissingUsers = MissingUsers.Create(new CreateUsersOptions { Invitation = Invitation.Email() }),
});

var messages = new CustomMessageTrigger(stack, "Messages", new CustomMessageTriggerProps
{
    UserPool = userPool,
    Metadata = new[] { MetadataKey.Of("campaign", new MetadataKeyOptions { MaxLength = 40 }) },
});
messages.AddTemplate(CustomMessageSource.ADMIN_CREATE_USER, new CustomMessageTemplate
{
    Subject = "Welcome to Blue Harbour",
    Html = "<p>Sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>",
});
messages.AddTemplate(CustomMessageSource.ADMIN_CREATE_USER, new CustomMessageTemplate
{
    When = new Dictionary<string, string> { ["campaign"] = "founders" },
    Subject = "Welcome, founder",
    Html = "<p>Your name is <b>{{username}}</b>, your password <b>{{code}}</b>.</p>",
});

var api = new UserAttributesApi(stack, "Profile", new UserAttributesApiProps
{
    UserPool = userPool,
    UserPoolClients = new[] { userPool.AddClient("App") },
    Writable = new[]
    {
        WritableAttribute.Of("nickname", new WritableAttributeOptions { MaxLength = 30 }),
        WritableAttribute.OneOf("locale", new[] { "en", "de-AT" }),
        WritableAttribute.Of("email"),
    },
    Endpoint = UserAttributesEndpoint.Create(new CreateEndpointOptions { AllowOrigins = new[] { "https://app.example.com" } }),
});

new CfnOutput(stack, "AliceSub", new CfnOutputProps { Value = seeder.User("alice").Sub });
new CfnOutput(stack, "AttributesUrl", new CfnOutputProps { Value = api.AttributesUrl });

app.Synth();

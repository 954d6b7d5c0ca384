from aws_cdk import App, CfnOutput, Stack
from aws_cdk.aws_cognito import AutoVerifiedAttrs, KeepOriginalAttrs, StringAttribute, UserPool, UserPoolEmail
from cdk_cognito_user_attributes import (
    ContactVerification,
    CustomMessageSource,
    CustomMessageTrigger,
    Invitation,
    MetadataKey,
    MissingUsers,
    SeedSource,
    SeedUser,
    UserAttributes,
    UserAttributesApi,
    UserAttributesEndpoint,
    UserAttributesSeeder,
    WritableAttribute,
)

app = App()
stack = Stack(app, "People")
user_pool = UserPool(
    stack,
    "Pool",
    auto_verify=AutoVerifiedAttrs(email=True),
    keep_original=KeepOriginalAttrs(email=True),
    custom_attributes={"plan": StringAttribute(mutable=True, max_len=20)},
    email=UserPoolEmail.with_ses(from_email="welcome@example.com", ses_region="eu-west-1"),
)
user_pool.add_group("Admins", group_name="admins")

seeder = UserAttributesSeeder(
    stack,
    "Administrators",
    user_pool=user_pool,
    source=SeedSource.inline(
        [
            SeedUser(
                username="alice",
                attributes=UserAttributes(given_name="Alice", email="alice@example.com", custom={"plan": "gold"}),
                client_metadata={"campaign": "founders"},
                groups=["admins"],
            ),
            SeedUser(
                username="bob",
                attributes=UserAttributes(email="bob@example.com", locale="de-AT"),
                enabled=True,
            ),
        ]
    ),
    verification=ContactVerification.MARK_VERIFIED,
    missing_users=MissingUsers.create(invitation=Invitation.email()),
)

messages = CustomMessageTrigger(
    stack,
    "Messages",
    user_pool=user_pool,
    metadata=[MetadataKey.of("campaign", max_length=40)],
)
messages.add_template(
    CustomMessageSource.ADMIN_CREATE_USER,
    subject="Welcome to Blue Harbour",
    html="<p>Sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>",
)
messages.add_template(
    CustomMessageSource.ADMIN_CREATE_USER,
    when={"campaign": "founders"},
    subject="Welcome, founder",
    html="<p>Your name is <b>{{username}}</b>, your password <b>{{code}}</b>.</p>",
)

api = UserAttributesApi(
    stack,
    "Profile",
    user_pool=user_pool,
    user_pool_clients=[user_pool.add_client("App")],
    writable=[
        WritableAttribute.of("nickname", max_length=30),
        WritableAttribute.one_of("locale", ["en", "de-AT"]),
        WritableAttribute.of("email"),
    ],
    endpoint=UserAttributesEndpoint.create(allow_origins=["https://app.example.com"]),
)

CfnOutput(stack, "AliceSub", value=seeder.user("alice").sub)
CfnOutput(stack, "AttributesUrl", value=api.attributes_url)

app.synth()

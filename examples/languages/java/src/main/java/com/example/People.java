package com.example;

import io.github.cdkcognitouserattributes.ContactVerification;
import io.github.cdkcognitouserattributes.CreateEndpointOptions;
import io.github.cdkcognitouserattributes.CreateUsersOptions;
import io.github.cdkcognitouserattributes.CustomMessageSource;
import io.github.cdkcognitouserattributes.CustomMessageTemplate;
import io.github.cdkcognitouserattributes.CustomMessageTrigger;
import io.github.cdkcognitouserattributes.Invitation;
import io.github.cdkcognitouserattributes.MetadataKey;
import io.github.cdkcognitouserattributes.MetadataKeyOptions;
import io.github.cdkcognitouserattributes.MissingUsers;
import io.github.cdkcognitouserattributes.SeedSource;
import io.github.cdkcognitouserattributes.SeedUser;
import io.github.cdkcognitouserattributes.UserAttributes;
import io.github.cdkcognitouserattributes.UserAttributesApi;
import io.github.cdkcognitouserattributes.UserAttributesEndpoint;
import io.github.cdkcognitouserattributes.UserAttributesSeeder;
import io.github.cdkcognitouserattributes.WritableAttribute;
import io.github.cdkcognitouserattributes.WritableAttributeOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cognito.AutoVerifiedAttrs;
import software.amazon.awscdk.services.cognito.KeepOriginalAttrs;
import software.amazon.awscdk.services.cognito.StringAttribute;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.cognito.UserPoolEmail;
import software.amazon.awscdk.services.cognito.UserPoolGroupOptions;
import software.amazon.awscdk.services.cognito.UserPoolSESOptions;

public final class People {
    public static void main(final String[] arguments) {
        final App app = new App();
        final Stack stack = new Stack(app, "People");
        final UserPool userPool = UserPool.Builder.create(stack, "Pool")
                .autoVerify(AutoVerifiedAttrs.builder().email(true).build())
                .keepOriginal(KeepOriginalAttrs.builder().email(true).build())
                .customAttributes(Map.of(
                        "plan", StringAttribute.Builder.create().mutable(true).maxLen(20).build()))
                .email(UserPoolEmail.withSES(UserPoolSESOptions.builder()
                        .fromEmail("welcome@example.com")
                        .sesRegion("eu-west-1")
                        .build()))
                .build();
        userPool.addGroup("Admins", UserPoolGroupOptions.builder().groupName("admins").build());

        final UserAttributesSeeder seeder = UserAttributesSeeder.Builder.create(stack, "Administrators")
                .userPool(userPool)
                .source(SeedSource.inline(List.of(
                        SeedUser.builder()
                                .username("alice")
                                .attributes(UserAttributes.builder()
                                        .givenName("Alice")
                                        .email("alice@example.com")
                                        .custom(Map.of("plan", "gold"))
                                        .build())
                                .clientMetadata(Map.of("campaign", "founders"))
                                .groups(List.of("admins"))
                                .build(),
                        SeedUser.builder()
                                .username("bob")
                                .attributes(UserAttributes.builder()
                                        .email("bob@example.com")
                                        .locale("de-AT")
                                        .build())
                                .enabled(true)
                                .build())))
                .verification(ContactVerification.MARK_VERIFIED)
                .missingUsers(MissingUsers.create(
                        CreateUsersOptions.builder().invitation(Invitation.email()).build()))
                .build();

        final CustomMessageTrigger messages = CustomMessageTrigger.Builder.create(stack, "Messages")
                .userPool(userPool)
                .metadata(List.of(MetadataKey.of(
                        "campaign", MetadataKeyOptions.builder().maxLength(40).build())))
                .build();
        messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, CustomMessageTemplate.builder()
                .subject("Welcome to Blue Harbour")
                .html("<p>Sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>")
                .build());
        messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, CustomMessageTemplate.builder()
                .when(Map.of("campaign", "founders"))
                .subject("Welcome, founder")
                .html("<p>Your name is <b>{{username}}</b>, your password <b>{{code}}</b>.</p>")
                .build());

        final UserAttributesApi api = UserAttributesApi.Builder.create(stack, "Profile")
                .userPool(userPool)
                .userPoolClients(List.of(userPool.addClient("App")))
                .writable(List.of(
                        WritableAttribute.of(
                                "nickname", WritableAttributeOptions.builder().maxLength(30).build()),
                        WritableAttribute.oneOf("locale", List.of("en", "de-AT")),
                        WritableAttribute.of("email")))
                .endpoint(UserAttributesEndpoint.create(CreateEndpointOptions.builder()
                        .allowOrigins(List.of("https://app.example.com"))
                        .build()))
                .build();

        CfnOutput.Builder.create(stack, "AliceSub").value(seeder.user("alice").getSub()).build();
        CfnOutput.Builder.create(stack, "AttributesUrl").value(api.getAttributesUrl()).build();

        app.synth();
    }
}

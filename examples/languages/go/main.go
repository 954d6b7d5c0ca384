package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscognito"
	interfaces "github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawscognito"
	"github.com/aws/jsii-runtime-go"
	users "github.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes-go/cdkcognitouserattributes"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("People"), nil)
	userPool := awscognito.NewUserPool(stack, jsii.String("Pool"), &awscognito.UserPoolProps{
		AutoVerify:   &awscognito.AutoVerifiedAttrs{Email: jsii.Bool(true)},
		KeepOriginal: &awscognito.KeepOriginalAttrs{Email: jsii.Bool(true)},
		CustomAttributes: &map[string]awscognito.ICustomAttribute{
			"plan": awscognito.NewStringAttribute(&awscognito.StringAttributeProps{
				Mutable: jsii.Bool(true),
				MaxLen:  jsii.Number(20),
			}),
		},
		Email: awscognito.UserPoolEmail_WithSES(&awscognito.UserPoolSESOptions{
			FromEmail: jsii.String("welcome@example.com"),
			SesRegion: jsii.String("eu-west-1"),
		}),
	})
	userPool.AddGroup(jsii.String("Admins"), &awscognito.UserPoolGroupOptions{GroupName: jsii.String("admins")})

	seeder := users.NewUserAttributesSeeder(stack, jsii.String("Administrators"), &users.UserAttributesSeederProps{
		UserPool: userPool,
		Source: users.SeedSource_Inline(&[]*users.SeedUser{
			{
				Username: jsii.String("alice"),
				Attributes: &users.UserAttributes{
					GivenName: jsii.String("Alice"),
					Email:     jsii.String("alice@example.com"),
					Custom:    &map[string]*string{"plan": jsii.String("gold")},
				},
				ClientMetadata: &map[string]*string{"campaign": jsii.String("founders")},
				Groups:         jsii.Strings("admins"),
			},
			{
				Username:   jsii.String("bob"),
				Attributes: &users.UserAttributes{Email: jsii.String("bob@example.com"), Locale: jsii.String("de-AT")},
				Enabled:    jsii.Bool(true),
			},
		}),
		Verification: users.ContactVerification_MARK_VERIFIED,
		MissingUsers: users.MissingUsers_Create(&users.CreateUsersOptions{Invitation: users.Invitation_Email()}),
	})

	messages := users.NewCustomMessageTrigger(stack, jsii.String("Messages"), &users.CustomMessageTriggerProps{
		UserPool: userPool,
		Metadata: &[]users.MetadataKey{
			users.MetadataKey_Of(jsii.String("campaign"), &users.MetadataKeyOptions{MaxLength: jsii.Number(40)}),
		},
	})
	messages.AddTemplate(users.CustomMessageSource_ADMIN_CREATE_USER, &users.CustomMessageTemplate{
		Subject: jsii.String("Welcome to Blue Harbour"),
		Html:    jsii.String("<p>Sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>"),
	})
	messages.AddTemplate(users.CustomMessageSource_ADMIN_CREATE_USER, &users.CustomMessageTemplate{
		When:    &map[string]*string{"campaign": jsii.String("founders")},
		Subject: jsii.String("Welcome, founder"),
		Html:    jsii.String("<p>Your name is <b>{{username}}</b>, your password <b>{{code}}</b>.</p>"),
	})

	api := users.NewUserAttributesApi(stack, jsii.String("Profile"), &users.UserAttributesApiProps{
		UserPool:        userPool,
		UserPoolClients: &[]interfaces.IUserPoolClientRef{userPool.AddClient(jsii.String("App"), nil)},
		Writable: &[]users.WritableAttribute{
			users.WritableAttribute_Of(jsii.String("nickname"), &users.WritableAttributeOptions{MaxLength: jsii.Number(30)}),
			users.WritableAttribute_OneOf(jsii.String("locale"), jsii.Strings("en", "de-AT")),
			users.WritableAttribute_Of(jsii.String("email"), nil),
		},
		Endpoint: users.UserAttributesEndpoint_Create(&users.CreateEndpointOptions{
			AllowOrigins: jsii.Strings("https://app.example.com"),
		}),
	})

	awscdk.NewCfnOutput(stack, jsii.String("AliceSub"), &awscdk.CfnOutputProps{
		Value: seeder.User(jsii.String("alice")).Sub,
	})
	awscdk.NewCfnOutput(stack, jsii.String("AttributesUrl"), &awscdk.CfnOutputProps{Value: api.AttributesUrl()})

	app.Synth(nil)
}

# The same with Terraform. On paper: nothing here has been run. The functions are ../messages.ts and ../profile.ts, which
# somebody has bundled into dist/ before:
#   esbuild ../messages.ts ../profile.ts --bundle --platform=node --format=cjs --minify --outdir=dist

terraform {
  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 6.0" }
    archive = { source = "hashicorp/archive", version = "~> 2.0" }
  }
}

variable "allow_origins" {
  type = list(string)
}

variable "ses_identity_arn" {
  type = string
}

data "aws_region" "current" {}

locals {
  users = {
    alice = { given_name = "Alice", email = "alice@example.com", email_verified = "true", plan = "gold" }
    bob   = { given_name = "Bob", email = "bob@example.com", email_verified = "true", locale = "de-AT" }
    carol = { given_name = "Carol", email = "carol@example.com", email_verified = "true", plan = "trial" }
  }
  functions = { messages = 5, profile = 10 } # seconds
  routes = [
    "GET /me/attributes",
    "PATCH /me/attributes",
    "POST /me/attributes/email/verification",
  ]
}

# The pool and its client

resource "aws_cognito_user_pool" "pool" {
  name                     = "people"
  auto_verified_attributes = ["email"]

  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  schema {
    name                = "plan"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      max_length = "20"
    }
  }

  email_configuration {
    email_sending_account = "DEVELOPER"
    from_email_address    = "welcome@example.com"
    source_arn            = var.ses_identity_arn
  }

  lambda_config {
    custom_message = aws_lambda_function.function["messages"].arn
  }
}

resource "aws_cognito_user_pool_client" "page" {
  name                          = "page"
  user_pool_id                  = aws_cognito_user_pool.pool.id
  explicit_auth_flows           = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  prevent_user_existence_errors = "ENABLED"
  read_attributes               = ["nickname", "locale", "email", "email_verified"]
  write_attributes              = ["nickname", "locale", "email"]
}

# The users

resource "aws_cognito_user" "user" {
  for_each                 = local.users
  user_pool_id             = aws_cognito_user_pool.pool.id
  username                 = each.key
  attributes               = each.value
  desired_delivery_mediums = ["EMAIL"]

  depends_on = [aws_lambda_permission.cognito]
}

# The functions

data "archive_file" "function" {
  for_each    = local.functions
  type        = "zip"
  source_file = "${path.module}/dist/${each.key}.js"
  output_path = "${path.module}/dist/${each.key}.zip"
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "log" {
  for_each = local.functions
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function[each.key].arn}:*"]
  }
}

resource "aws_cloudwatch_log_group" "function" {
  for_each          = local.functions
  name              = "/aws/lambda/people-${each.key}"
  retention_in_days = 30
}

resource "aws_iam_role" "function" {
  for_each           = local.functions
  name_prefix        = "people-${each.key}-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "log" {
  for_each = local.functions
  role     = aws_iam_role.function[each.key].id
  policy   = data.aws_iam_policy_document.log[each.key].json
}

resource "aws_lambda_function" "function" {
  for_each         = local.functions
  function_name    = "people-${each.key}"
  role             = aws_iam_role.function[each.key].arn
  filename         = data.archive_file.function[each.key].output_path
  source_code_hash = data.archive_file.function[each.key].output_base64sha256
  handler          = "${each.key}.handler"
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  memory_size      = 256
  timeout          = each.value

  depends_on = [aws_cloudwatch_log_group.function]
}

resource "aws_lambda_permission" "cognito" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function["messages"].function_name
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = aws_cognito_user_pool.pool.arn
}

# The API

resource "aws_apigatewayv2_api" "api" {
  name          = "people"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = var.allow_origins
    allow_methods = ["GET", "PATCH", "POST"]
    allow_headers = ["authorization", "content-type"]
  }
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = 10
    throttling_burst_limit = 20
  }
}

resource "aws_apigatewayv2_authorizer" "users" {
  api_id           = aws_apigatewayv2_api.api.id
  name             = "users"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = [aws_cognito_user_pool_client.page.id]
    issuer   = "https://cognito-idp.${data.aws_region.current.region}.amazonaws.com/${aws_cognito_user_pool.pool.id}"
  }
}

resource "aws_apigatewayv2_integration" "profile" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.function["profile"].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "route" {
  for_each             = toset(local.routes)
  api_id               = aws_apigatewayv2_api.api.id
  route_key            = each.key
  target               = "integrations/${aws_apigatewayv2_integration.profile.id}"
  authorization_type   = "JWT"
  authorizer_id        = aws_apigatewayv2_authorizer.users.id
  authorization_scopes = ["aws.cognito.signin.user.admin"]
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function["profile"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*/*"
}

output "attributes_url" {
  value = "${aws_apigatewayv2_api.api.api_endpoint}/me/attributes"
}

output "client_id" {
  value = aws_cognito_user_pool_client.page.id
}

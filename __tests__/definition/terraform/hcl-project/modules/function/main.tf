variable "name" { type = string }
variable "handler" { type = string }
variable "queue_url" {
  type    = string
  default = null
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

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = "nodejs20.x"
  handler          = var.handler
  filename         = "${path.root}/functions/code.zip"
  source_code_hash = filebase64sha256("${path.root}/functions/code.zip")

  environment {
    variables = merge({ GREETING = "hello" }, var.queue_url == null ? {} : { QUEUE_URL = var.queue_url })
  }
}

output "invoke_arn" { value = aws_lambda_function.this.invoke_arn }
output "name" { value = aws_lambda_function.this.function_name }

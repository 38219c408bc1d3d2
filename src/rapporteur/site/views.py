from django.shortcuts import render
from django.views import View


class Home(View):
    def get(self, request):
        return render(request, "site/home.html")


class About(View):
    def get(self, request):
        return render(request, "site/about.html")


class Desk(View):
    def get(self, request):
        return render(request, "site/desk.html")


class ErrorReported(View):
    def get(self, request):
        return render(request, "site/about.html")

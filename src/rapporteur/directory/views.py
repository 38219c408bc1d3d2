from django.shortcuts import render
from django.views import View


class Me(View):
    def get(self, request):
        return render(request, "site/about.html")
